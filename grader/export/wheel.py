"""Build a wheel of the running package, which an autograder installs."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

import grader
from grader.export.zip_archive import zipped

_WHEEL = b"Wheel-Version: 1.0\nGenerator: grader\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_LEFT_OUT = {"__pycache__", "exercises"}


def make_wheel() -> tuple[str, bytes]:
    """Return the file name and the bytes of a wheel of the running package, without its exercises.

    The format is that of https://packaging.python.org/en/latest/specifications/binary-distribution-format/.
    """
    ours = distribution("numpy-grader")
    info = f"numpy_grader-{ours.version}.dist-info"
    files = dict(_package())
    for name in ("METADATA", "entry_points.txt"):
        files[f"{info}/{name}"] = (ours.read_text(name) or "").encode()
    files[f"{info}/WHEEL"] = _WHEEL
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    return f"numpy_grader-{ours.version}-py3-none-any.whl", zipped(files.items())


def _package() -> Iterator[tuple[str, bytes]]:
    root = Path(grader.__file__).parent
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.is_file() and not _LEFT_OUT & set(inside.parts):
            yield f"grader/{inside.as_posix()}", path.read_bytes()


def _record(files: dict[str, bytes], record: str) -> bytes:
    lines = [f"{name},sha256={_digest(data)},{len(data)}\n" for name, data in files.items()]
    return "".join([*lines, f"{record},,\n"]).encode()


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
