"""What functions lack is told once for the class, and graded again when it is there."""

from __future__ import annotations

import json
import site
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course

NAME = "quark_of_the_tests"
NEEDS = f"import {NAME}\n\n\ndef double(x):\n    return {NAME}.twice(x)\n"


@pytest.fixture
def installed() -> Iterator[Callable[[], None]]:
    """A function that installs the module beside the packages of this interpreter, until the test ends."""
    path = Path(next(p for p in site.getsitepackages() if p in sys.path), f"{NAME}.py")

    def install() -> None:
        path.write_text("def twice(x):\n    return 2 * x\n")

    yield install
    path.unlink(missing_ok=True)


def test_a_class_that_lacks_a_module_is_graded_again_when_it_is_there(
    cli: Callable[..., Any], small_course: Callable[..., Course], notebook: Callable[..., bytes],
    tmp_path: Path, installed: Callable[[], None],
) -> None:  # fmt: skip
    course, work = small_course(), tmp_path / "work"
    work.mkdir()
    for name in ("a", "b"):
        (work / f"{name}.ipynb").write_bytes(notebook(NEEDS))
    (work / "c.ipynb").write_bytes(notebook(f"import {NAME}\n\n\ndef double(x):\n    return x + x\n"))
    grade = (
        "grade",
        "small",
        work,
        "--course",
        course.root,
        "--isolation",
        "weak",
        "--out",
        tmp_path / "out",
    )

    def points() -> list[float]:
        told = json.loads((tmp_path / "out" / "results.json").read_bytes())
        return [submission["points"] for submission in told["submissions"]]

    ended = cli(*grade)
    assert ended.out.splitlines()[-1] == (
        f"2 notebooks import {NAME}, which is not installed here: "
        "if you know and trust it, install it and grade again."
    )
    assert points() == [0, 0, 5]
    assert cli(*grade, "--quiet").err.startswith(f"2 notebooks import {NAME}")
    installed()
    assert NAME not in cli(*grade).out
    assert points() == [5, 5, 5]
