"""otter's source notebooks and test files as sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.importers import otter
from grader.importers.otter_markers import with_markers
from grader.importers.otter_points import shared
from grader.importers.otter_tests import pieces_of, without_calls
from grader.importers.source import Read, Role, SourceNotebook, Unreadable


def raw(text: str) -> dict[str, Any]:
    return {"cell_type": "raw", "source": text, "metadata": {}}


def text(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def code(source: str, shown: str = "") -> dict[str, Any]:
    outputs = [{"output_type": "execute_result", "data": {"text/plain": shown}}] if shown else []
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": outputs}


def question(name: str, solution: list[Any], tests: list[Any], more: str = "") -> list[Any]:
    around = [raw("# BEGIN SOLUTION"), *solution, raw("# END SOLUTION")]
    around += [raw("# BEGIN TESTS"), *tests, raw("# END TESTS")] if tests else []
    asked = [raw(f"# BEGIN QUESTION\nname: {name}\n{more}"), text(f"What is {name}?")]
    return [*asked, *around, raw("# END QUESTION")]


def read(folder: Path, cells: list[Any], **metadata: Any) -> Read:
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    (folder / "hw1.ipynb").write_text(json.dumps(notebook))
    (found,) = otter.read(folder / "hw1.ipynb")
    return found


def source(folder: Path, cells: list[Any], **metadata: Any) -> SourceNotebook:
    found = read(folder, cells, **metadata)
    assert isinstance(found, SourceNotebook)
    return found


def test_each_test_case_of_a_question_is_a_test_with_its_share_of_the_points(tmp_path: Path) -> None:
    tests = [code("f(1) == 2", "True"), code("# HIDDEN\nassert f(3) == 4")]
    found = source(tmp_path, question("q1", [code("def f(x):\n    return x + 1 # SOLUTION")], tests))
    first, second = found.of_role(Role.TEST)
    assert (first.name, first.points, second.name, second.points) == ("q1 - 1", 0.5, "q1 - 2", 0.5)
    assert [(one.source, one.hidden, one.output) for one in first.pieces] == [("f(1) == 2", False, "True")]
    assert [(one.source, one.hidden) for one in second.pieces] == [("assert f(3) == 4", True)]
    (solution,) = found.of_role(Role.SOLUTION)
    assert solution.grade_id == "q1"


def test_a_question_that_is_all_or_nothing_is_one_test(tmp_path: Path) -> None:
    tests = [code("x == 1", "True"), code("x > 0", "True")]
    cells = question("q1", [code("x = 1 # SOLUTION")], tests, "points: 3\nall_or_nothing: true")
    (test,) = source(tmp_path, cells).of_role(Role.TEST)
    assert (test.name, test.points, len(test.pieces)) == ("q1", 3.0, 2)


def test_a_test_cell_may_configure_itself(tmp_path: Path) -> None:
    cell = '""" # BEGIN TEST CONFIG\npoints: 2\nhidden: true\n""" # END TEST CONFIG\nassert x == 1'
    (test,) = source(tmp_path, question("q1", [code("x = 1 # SOLUTION")], [code(cell)])).of_role(Role.TEST)
    assert (test.points, test.pieces[0].hidden, test.pieces[0].source) == (2.0, True, "assert x == 1")


def test_a_manual_question_is_marked_by_a_person_and_keeps_its_answer(tmp_path: Path) -> None:
    cells = [
        *question("q0", [code("x = 1 # SOLUTION")], [code("x == 1", "True")]),
        *question("q1", [text("**SOLUTION:** 42")], [], "manual: true\npoints: 2"),
        *question("q2", [code("plot(x) # SOLUTION")], [], "manual: true\npoints: 1"),
    ]
    found = source(tmp_path, cells)
    (asked,), (plotted,) = found.of_role(Role.QUESTION), found.of_role(Role.MANUAL)
    assert (asked.name, asked.points, asked.source) == ("q1", 2.0, "What is q1?")
    assert asked.pieces[0].source == "**SOLUTION:** 42"
    assert (plotted.name, plotted.points) == ("q2", 1.0)


def test_markdown_in_a_fence_stands_for_a_raw_cell(tmp_path: Path) -> None:
    cells = [
        {**one, "cell_type": "markdown", "source": f"```otter\n{one['source']}\n```"}
        if one["cell_type"] == "raw"
        else one
        for one in question("q1", [code("x = 1 # SOLUTION")], [code("x == 1", "True")])
    ]
    assert [one.name for one in source(tmp_path, cells).of_role(Role.TEST)] == ["q1 - 1"]


def test_tests_in_the_metadata_stand_where_the_notebook_checks_them(tmp_path: Path) -> None:
    case = {"code": ">>> x\n1\n>>> x > 0\nTrue", "hidden": False}
    tests = {"q1": {"name": "q1", "points": 2, "suites": [{"cases": [case], "type": "doctest"}]}}
    cells = [
        code("import otter\ngrader = otter.Notebook()"),
        code("x = 1 # SOLUTION"),
        code('grader.check("q1")'),
    ]
    found = source(tmp_path, cells, otter={"tests": tests})
    assert [one.role for one in found.cells] == [Role.SOLUTION, Role.TEST]
    assert [(one.source, one.output) for one in found.cells[1].pieces] == [("x\n", "1"), ("x > 0\n", "True")]


@pytest.mark.parametrize(
    "text",
    [
        "test = {'points': 3, 'suites': [{'cases': [{'code': '>>> x\\n1'}], 'type': 'doctest'}]}",
        "from otter.test_files import test_case\npoints = 3\n\n"
        "@test_case(hidden=True)\ndef test_x(x):\n    assert x == 1",
    ],
    ids=["in OK's format", "as functions"],
)
def test_tests_may_be_files_in_a_folder(tmp_path: Path, text: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "q1.py").write_text(text)
    found = source(tmp_path, [code("x = 1"), code('ok.grade("q1")')])
    (test,) = found.of_role(Role.TEST)
    assert test.points == 3.0
    assert [one.role for one in found.cells] == [Role.SOLUTION, Role.TEST]


@pytest.mark.parametrize(
    ("cells", "metadata", "problem"),
    [
        (question("q1", [code("x = ...")], [code("x == 1")]), {}, "it has no solutions"),
        (question("q1", [code("x <- 1 # SOLUTION")], []), {"kernelspec": {"language": "R"}}, "written in r"),
    ],
    ids=["the notebook of students", "R"],
)
def test_what_cannot_be_a_source_is_named(
    tmp_path: Path, cells: list[Any], metadata: dict[str, Any], problem: str
) -> None:
    found = read(tmp_path, cells, **metadata)
    assert isinstance(found, Unreadable)
    assert problem in found.problem


def test_data_comes_along_if_it_is_named(tmp_path: Path) -> None:
    for name in ("named.csv", "read.csv", "other.csv"):
        (tmp_path / name).write_text("a")
    cells = [
        raw("# ASSIGNMENT CONFIG\nfiles:\n  - named.csv"),
        *question("q1", [code("x = open('read.csv') # SOLUTION")], [code("x")]),
    ]
    assert source(tmp_path, cells).data.keys() == {"named.csv", "read.csv"}


def test_a_seed_that_students_do_not_have_is_listed(tmp_path: Path) -> None:
    seed = "# ASSIGNMENT CONFIG\nseed:\n  variable: s\n  autograder_value: 42\n  student_value: 90"
    cells = [raw(seed), *question("q1", [code("x = 1 # SOLUTION")], [code("x")])]
    assert [one.title for one in source(tmp_path, cells).listed] == ["seed s"]


# ---------------------------------------------------------------- markers


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "x = 2 # SOLUTION",
            "# x = ...\n# YOUR CODE STARTS HERE\nx = 2\n# YOUR CODE ENDS HERE",
            id="one line",
        ),
        pytest.param(
            "def f(x):\n    # BEGIN SOLUTION\n    return x\n    # END SOLUTION",
            "def f(x):\n    # YOUR CODE STARTS HERE\n    return x\n    # YOUR CODE ENDS HERE",
            id="a block",
        ),
        pytest.param(
            'plot(1) # SOLUTION NO PROMPT\n""" # BEGIN PROMPT\nplot(...)\n""" # END PROMPT',
            "# YOUR CODE STARTS HERE\nplot(1)\n# YOUR CODE ENDS HERE\n# plot(...)",
            id="a prompt",
        ),
        pytest.param(
            "time = f(1, # SOLUTION\n         2)\ny = 3  # IGNORE",
            "# time = ...\n# YOUR CODE STARTS HERE\ntime = f(1,\n         2)\n# YOUR CODE ENDS HERE",
            id="a statement of two lines",
        ),
        pytest.param(
            "def f(x):\n    y = x # SOLUTION\nz = 1 # SOLUTION",
            "def f(x):\n    # YOUR CODE STARTS HERE\n    y = x\n    # YOUR CODE ENDS HERE\n"
            "# z = ...\n# YOUR CODE STARTS HERE\nz = 1\n# YOUR CODE ENDS HERE",
            id="two blocks of code",
        ),
    ],
)
def test_answers_stand_between_the_markers_of_grader(source: str, expected: str) -> None:
    assert with_markers(source) == expected


@pytest.mark.parametrize(
    ("total", "each", "points"),
    [
        pytest.param(None, [None, None], [0.5, 0.5], id="a question is worth 1"),
        pytest.param(3, [1.0, None], [1.0, 2.0], id="the rest is shared"),
        pytest.param([0, 2], [None, None], [0.0, 2.0], id="a list"),
        pytest.param({"each": 2}, [None, None], [2.0, 2.0], id="each"),
        pytest.param(None, [2.0, None], [2.0, 0.0], id="no total, but a statement"),
    ],
)
def test_points_are_shared_as_otter_shares_them(total: object, each: list[Any], points: list[float]) -> None:
    assert shared(total, each) == points


def test_a_test_function_is_called_with_the_names_it_takes() -> None:
    (piece,) = pieces_of("def test_f(f, np):\n    assert f(1)\n\ntest_f(g)  # IGNORE", "", hidden=False)
    assert piece.source == "def test_f(f, np):\n    assert f(1)\ntest_f(f, np)"


def test_calls_of_the_tool_are_left_out() -> None:
    assert without_calls('x = 1\ngrader.check("q1")') == ("x = 1", ["q1"])
    assert without_calls("grades = 1") == ("grades = 1", [])
