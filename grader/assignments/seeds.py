"""Derive the seeds of hidden test cases from the secret of a course."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from pathlib import Path

from grader.assignments.course import Course
from grader.errors import AssignmentError
from grader.files.atomic_files import write_atomically
from grader.files.ordinary_files import read_ordinary

NAME = ".grader-secret"
PUBLIC_SEED = "public"
"""What public test cases are drawn from in every course."""

COMMITMENT = "hidden_seed.txt"
WITHOUT_SECRET = "grader"  # noqa: S105  # public: the seed of a course without a secret


def seed_of(course: Course, name: str) -> str:
    """Return the seed of the hidden test cases of assignment `name`.

    It is the HMAC-SHA-256 (RFC 2104) of the name under the secret of the course, in hexadecimal digits:
    knowing the seed of one assignment reveals neither the secret nor another seed. A course without a secret
    has a seed that is public.

    Args:
        course: the course folder.
        name: the assignment.

    Returns:
        the seed.

    Raises:
        AssignmentError: the secret cannot be read, or is missing although a commitment to its seed was handed
            out.
    """
    secret = _secret(course)
    if not secret and (promised := _promises(course)):
        raise AssignmentError(
            f"{course.root / NAME}: it is missing, and {promised[0]} promises a seed that comes from it\n"
            "  Put the secret back. A seed that has been told can be named: grader grade --seed SEED"
        )
    return hmac.new(secret, name.encode(), hashlib.sha256).hexdigest() if secret else WITHOUT_SECRET


def everybody_knows(seed: str) -> bool:
    """Return whether a seed is public, so that hidden test cases are not hidden."""
    return seed in {WITHOUT_SECRET, PUBLIC_SEED}


def commitment(course: Course, name: str) -> str:
    """Return the text that commits to a secret seed, which students receive.

    Where the secret is missing, as on a machine that only checks, it is the text that was handed out.

    Args:
        course: the course folder.
        name: the assignment.

    Returns:
        the text; empty if the seed is public.

    Raises:
        AssignmentError: the secret cannot be read.
    """
    if not _secret(course):
        promised = course.root / "assignments" / name / COMMITMENT
        return read_ordinary(promised).decode() if promised in _promises(course) else ""
    return (
        f"The hidden test cases of {name} are drawn from a seed. The SHA-256 of the seed is\n\n"
        f"    {hashlib.sha256(seed_of(course, name).encode()).hexdigest()}\n\n"
        "It is seed_sha256 in results.json and on the pages of feedback. When the seed is told, anyone who\n"
        "has the solution and the test cases can repeat a mark:\n\n"
        f"    printf %s SEED | sha256sum\n    grader grade {name} NOTEBOOK --seed SEED\n"
    )


def ensure_secret(course: Course) -> Path | None:
    """Create the secret of a course; return its path, or None if it existed.

    Only its owner may read it. In a git work tree a line of .gitignore excludes it.

    Raises:
        AssignmentError: a commitment was handed out under a secret that is missing.
    """
    path = course.root / NAME
    if path.exists():
        return None
    for committed in _promises(course):
        raise AssignmentError(
            f"{path}: it is missing, and {committed} was handed out under it\n"
            f"  Put the secret back; or, to make another, remove that file first."
        )
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{secrets.token_hex(32)}\n")
    except OSError as error:
        path.unlink()  # half a secret is none
        error.filename = str(path)
        raise
    _ignore(course.root)
    return path


def _promises(course: Course) -> list[Path]:
    """Return the commitments that were handed out under the secret of a course."""
    return sorted((course.root / "assignments").glob(f"*/{COMMITMENT}"))


def _ignore(root: Path) -> None:
    """Exclude the secret from git, if the course is in a work tree."""
    ignored = root / ".gitignore"
    if any((folder / ".git").exists() for folder in (root.absolute(), *root.absolute().parents)):
        lines = read_ordinary(ignored).decode().splitlines() if ignored.exists() else []
        if not {NAME, f"/{NAME}"} & set(lines):
            write_atomically(ignored, "\n".join([*lines, f"/{NAME}", ""]).encode())


def _secret(course: Course) -> bytes:
    """Read the secret of a course; empty if it has none."""
    path = course.root / NAME
    try:
        text = read_ordinary(path).strip() if path.exists() else None
    except OSError as error:
        raise AssignmentError(f"{path}: {error.strerror}\n  Let it be a file that you can read.") from None
    if text is None:
        return b""
    if not re.fullmatch(rb"[0-9a-f]{64}", text):
        raise AssignmentError(
            f"{path}: it is not 64 hexadecimal digits\n  Put back the one that `grader` made."
        )
    return bytes.fromhex(text.decode())
