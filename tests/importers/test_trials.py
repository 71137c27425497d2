"""The cells of a source that no test needs are run within a time of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader_cells import code, graded, solution, written

from grader.importers.readers import read
from grader.importers.recording import Recording, record
from grader.importers.source import Role, SourceNotebook
from grader.importers.trials import trials
from grader.sandbox.fork_server import ForkServer

DOUBLE = solution("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "double")
VALUE = solution("### BEGIN SOLUTION\nvalue = start + 1\n### END SOLUTION", "value")
TEST = graded("assert double(2) == 4\nassert value == 3", "test")
LONG = "for i in range(10**12):\n    total = i"


def source(folder: Path, *cells: str) -> SourceNotebook:
    begins = [code(cell) for cell in cells]
    [found] = read(written(folder / "week.ipynb", [*begins[:1], DOUBLE, VALUE, *begins[1:], TEST]))
    assert isinstance(found, SourceNotebook)
    return found


def tried(found: SourceNotebook) -> set[int]:
    cells = [cell for cell in found.cells if cell.role is not Role.TEXT]
    return {cells[at].number for at in trials(cells, ())}


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("print(double(3))", id="it shows"),
        pytest.param(
            "results = [double(i) for i in range(9)]\nresults.append(3)", id="it sets what it shows"
        ),
        pytest.param("def show(x):\n    print(x)\nshow(start)", id="it hands on to what changes nothing"),
    ],
)
def test_a_cell_that_sets_nothing_which_a_test_needs_is_a_trial(tmp_path: Path, cell: str) -> None:
    assert tried(source(tmp_path, "start = 2", cell)) == {4}


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("value = 3", id="it sets it"),
        pytest.param("value += 0", id="it sets it anew"),
        pytest.param("start.x = 3", id="it sets a part"),
        pytest.param("start.append(3)", id="it calls a method"),
        pytest.param("def fill(x):\n    x[0] = 1\nfill(start)", id="it hands it to what changes it"),
        pytest.param("strange(start)", id="it hands it to what nobody knows"),
        pytest.param("from somewhere import *", id="it may set anything"),
        pytest.param("globals()['value'] = 3", id="by its name"),
        pytest.param("def change():\n    global value\n    value = 3\nchange()", id="a function sets it"),
        pytest.param("%%writefile helper.py\nx = 3", id="it writes a module"),
    ],
)
def test_a_cell_that_may_set_what_a_test_needs_is_none(tmp_path: Path, cell: str) -> None:
    assert tried(source(tmp_path, "start = 2", cell)) == set()


@pytest.mark.parametrize(
    ("cell", "is_trial"),
    [
        ("value = 4\nstart.append(3)", True),
        ("def double(x):\n    return x + x", False),
        ("double = print", False),
        ("from somewhere import *", False),
    ],
)
def test_below_the_last_test_only_what_defines_a_function_again_is_none(
    tmp_path: Path, cell: str, is_trial: bool
) -> None:
    cells = [code("start = 2"), DOUBLE, VALUE, TEST, code(cell)]
    [found] = read(written(tmp_path / "week.ipynb", cells))
    assert isinstance(found, SourceNotebook)
    assert (5 in tried(found)) == is_trial


def test_what_the_needed_cells_read_is_needed_too(tmp_path: Path) -> None:
    assert tried(source(tmp_path, "start = begin\nother = 3")) == set()
    assert tried(source(tmp_path, "other = 3")) == {1}


def test_a_cell_that_draws_is_none_where_what_is_needed_is_drawn(tmp_path: Path) -> None:
    drawing = "import random\nshown = random.random()"
    assert tried(source(tmp_path, "start = 2", drawing)) == {4}
    assert tried(source(tmp_path, "start = random.randint(2, 3)", drawing)) == set()


def recorded(found: SourceNotebook, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch) -> Recording:
    monkeypatch.setattr("grader.importers.recording.SECONDS_OF_A_CELL", 3.0)
    monkeypatch.setattr("grader.importers.recording.SECONDS_OF_TRIALS", 0.3)
    return record(found, sandbox)


def test_a_trial_that_takes_long_is_cut_short_and_no_fault(
    tmp_path: Path, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = recorded(source(tmp_path, "start = 2", LONG, "print(3)"), sandbox, monkeypatch)
    assert recording.cut
    assert recording.errors == {}
    assert [test.error for test in recording.tests] == [""]


def test_a_trial_that_fails_is_told(
    tmp_path: Path, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = recorded(source(tmp_path, "start = 2", "x = open('no_such.csv')"), sandbox, monkeypatch)
    assert not recording.cut
    assert list(recording.errors) == [4]


def test_a_test_that_fails_after_a_cut_is_run_once_more_with_all(
    tmp_path: Path, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    alias = "import time\ntime.sleep(0.5)\nother.append(2)"  # the same list, by a name that no test has
    cells = [
        code("start = 2\nkept = []\nbox = {'kept': kept}\nother = box['kept']"),
        DOUBLE,
        VALUE,
        code(alias),
    ]
    test = graded("assert double(2) == 4\nassert kept == [2]", "test")
    [found] = read(written(tmp_path / "week.ipynb", [*cells, test]))
    assert isinstance(found, SourceNotebook)
    assert tried(found) == {4}
    recording = recorded(found, sandbox, monkeypatch)
    assert not recording.cut
    assert [one.error for one in recording.tests] == [""]


def test_a_test_that_fails_above_what_was_cut_is_not_run_again(
    tmp_path: Path, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = graded("assert double(2) == 5", "fails")
    cells = [code("start = 2"), DOUBLE, fails, code(LONG), VALUE, TEST]
    [found] = read(written(tmp_path / "week.ipynb", cells))
    assert isinstance(found, SourceNotebook)
    recording = recorded(found, sandbox, monkeypatch)
    assert recording.cut == 4
    assert [one.error for one in recording.tests] == ["AssertionError", ""]
