"""Build a Gradescope autograder: one zip that repeats a grading for each submission."""

from __future__ import annotations

import hashlib
import shlex
from pathlib import Path

from grader.assignments.checksums import data_in
from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.errors import AssignmentError, UsageError
from grader.export.wheel import make_wheel
from grader.export.zip_archive import zipped
from grader.models.report import Header

SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, when it builds the image: grader goes into an environment of its own.
set -euo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
source="$(cd "$(dirname "$0")" && pwd)"

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "grader needs Python 3.11 or newer: choose Ubuntu 24.04 as the base image." >&2
    exit 1
fi
python3 -c 'import ensurepip, venv' || { apt-get update && apt-get install -y python3-venv; }
python3 -m venv "$root/venv"
"$root/venv/bin/pip" install "$source"/*.whl
chmod -R go-rwx "$source"
"""

RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission: submission/ -> results/results.json.
set -uo pipefail
root="${AUTOGRADER_ROOT:-/autograder}"
grader="${GRADER:-$root/venv/bin/grader}"
python="$(dirname "$grader")/python"
graded="$(mktemp -d)"
trap 'rm -rf "$graded"' EXIT
mkdir -p "$root/results"

"$grader" grade NAME "$root/submission" --course "$root/source/course" --seed SEED \\
    --isolation "${GRADER_ISOLATION:-strong}" --jobs 1 --out "$graded"
"$python" -m grader.export.autograder_run "$graded" "$root/submission" "$root/results/results.json"
"""


def make_autograder(header: Header, course: Course, seed: str) -> bytes:
    """Return the zip: Gradescope's scripts, the assignment, and this package as a wheel.

    Args:
        header: the header of the grading to repeat.
        course: the course folder with the assignment.
        seed: the seed of its hidden cases.

    Returns:
        the bytes of the zip.

    Raises:
        AssignmentError: the assignment was changed after the grading.
        UsageError: the seed is not the one that was graded with.
    """
    definition = load(course, header.assignment)
    if definition.sha256 != header.assignment_sha256:
        raise AssignmentError(
            f"{course.root}: {header.assignment} was changed after the grading\n"
            "  Grade again, or name the course that was graded with by --course DIR."
        )
    if hashlib.sha256(seed.encode()).hexdigest() != header.seed_sha256:
        raise UsageError("The hidden test cases were drawn from another seed\n  Name it with --seed TEXT.")
    run = RUN.replace("NAME", shlex.quote(header.assignment)).replace("SEED", shlex.quote(seed))
    return zipped(
        [
            ("setup.sh", SETUP.encode()),
            ("run_autograder", run.encode()),
            *(
                (f"course/{path.relative_to(course.root).as_posix()}", path.read_bytes())
                for path in _files(definition)
            ),
            make_wheel(),
        ]
    )


def _files(definition: Definition) -> list[Path]:
    """Return the files of an assignment that grading reads."""
    name, course = definition.name, definition.course
    mistakes = definition.mistakes_file
    return [
        course.solution(name),
        course.testcases(name),
        *(path for folder in course.folders(name) for path in data_in(folder)),
        *course.versions(name, "broken"),
        *([mistakes] if mistakes.exists() else []),
    ]
