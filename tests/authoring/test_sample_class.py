"""A sample class comes from what an assignment has, or from what its class.toml says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.authoring.sample_class import sample_class
from grader.errors import AssignmentError

VERSION = '"""{0}."""\n\n\ndef double(x):\n    return x + x  # {0}\n'
FOLDER = "testcases/small"


def last_lines(files: Mapping[str, bytes]) -> dict[str, str]:
    """The last line of code of each notebook."""
    return {
        name.removesuffix(".ipynb"): nbformat.reads(data.decode(), as_version=4)
        .cells[-1]
        .source.splitlines()[-1]
        for name, data in files.items()
        if name != "lena.ipynb"
    }


def versions(kind: str, number: int) -> dict[str, str]:
    return {f"{FOLDER}/{kind}/v{i:02}.py": VERSION.format(f"{kind} {i}") for i in range(number)}


def test_versions_are_spread_evenly_over_the_class(small_course: Callable[..., Course]) -> None:
    course = small_course(**versions("broken", 12), **versions("accepted", 2))
    lines = last_lines(sample_class(load(course, "small")))
    assert [lines[name].partition("# ")[2] for name in ("bela", "chidi")] == ["accepted 0", "accepted 1"]
    wrong = ("fatima", "goran", "hana", "ivo", "jun", "kofi")
    assert [lines[name].partition("# ")[2] for name in wrong] == [f"broken {i}" for i in range(0, 12, 2)]
    assert "raise NotImplementedError" not in lines["ada"]


def test_an_assignment_without_other_versions_has_a_smaller_class(
    small_course: Callable[..., Course],
) -> None:
    files = sample_class(load(small_course(), "small"))
    assert [*files] == ["ada.ipynb", "dora.ipynb", "emil.ipynb", "lena.ipynb"]
    assert "NotImplementedError" in files["emil.ipynb"].decode()
    assert files["lena.ipynb"].startswith(b"<!DOCTYPE html>")


def test_a_file_says_what_stands_in_whose_notebook(small_course: Callable[..., Course]) -> None:
    said = '[zoe]\ncells = ["broken/v01", "broken/v00"]\nblank = ["double"]\n'
    more = {f"{FOLDER}/samples/class.toml": said}
    files = sample_class(load(small_course(**versions("broken", 2), **more), "small"))
    assert [*files] == ["ada.ipynb", "dora.ipynb", "emil.ipynb", "zoe.ipynb", "lena.ipynb"]
    assert last_lines(files)["zoe"].endswith("broken 0")
    assert "NotImplementedError" in files["zoe.ipynb"].decode()


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        pytest.param("[zoe", "Expected .* at the end", id="no TOML"),
        pytest.param("zoe = 5", "it is not a table", id="no table"),
        pytest.param("[zoe]\nblank = []", "it is not a table", id="no cells"),
        pytest.param('[zoe]\ncells = ["broken/v07"]', "there is no .*v07.py", id="no such file"),
    ],
)
def test_a_file_that_makes_no_sense_is_named(
    small_course: Callable[..., Course], said: str, problem: str
) -> None:
    course = small_course(**{f"{FOLDER}/samples/class.toml": said})
    with pytest.raises(AssignmentError, match=f"class.toml: {problem}"):
        sample_class(load(course, "small"))


def test_the_class_of_the_first_assignment_has_a_dozen(definition: Definition) -> None:
    assert [Path(name).stem for name in sample_class(definition)] == [
        "ada", "bela", "chidi", "dora", "emil", "fatima", "goran", "hana", "ivo", "jun", "kofi", "lena",
    ]  # fmt: skip
