"""Several sources are imported at once, in the order given; one that fails is named and the others go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbgrader_cells import code, graded, solution, written

from grader.assignments.course import Course
from grader.importers import several
from grader.importers.importing import Imported
from grader.importers.readers import read
from grader.importers.several import Order, all_imported

ANSWER = solution("### BEGIN SOLUTION\nx = 3\n### END SOLUTION", "x")
TEST = graded("assert x == 3", "x-test")


@pytest.fixture
def order(tmp_path: Path) -> Order:
    for one in ("solutions", "testcases"):
        (tmp_path / "course" / one).mkdir(parents=True)
    return Order(Course(tmp_path / "course"), "weak")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    network = code("import socket\nx = socket.create_connection(('127.0.0.1', 9))")
    written(folder / "a_network.ipynb", [network, ANSWER, TEST])
    written(folder / "b_data.ipynb", [code("open('no_such.csv')"), ANSWER, graded("assert x == y", "x-test")])
    written(folder / "c_solution.ipynb", [solution("### BEGIN SOLUTION\n### END SOLUTION", "x"), TEST])
    (folder / "d_broken.ipynb").write_text("{")
    written(folder / "e_loops.ipynb", [code("x = 1\nwhile True:\n    x += 1"), ANSWER, TEST])
    written(folder / "f_ends.ipynb", [code("import os\nos._exit(3)"), ANSWER, TEST])
    written(folder / "g_fine.ipynb", [ANSWER, TEST])
    return folder


@pytest.mark.parametrize("jobs", [1, 2])
def test_sources_that_fail_are_named_and_the_others_go_on(
    folder: Path, order: Order, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grader.importers.recording.SECONDS_OF_A_CELL", 0.5)
    made = {one.name: one for one in all_imported(read(folder), order, jobs)}
    assert "it is cut off" in made["d_broken"].problem
    assert {name: one.problem.split("\n")[0] for name, one in made.items() if name != "d_broken"} == {
        "a_network": "",
        "b_data": "nothing of it can be graded",
        "c_solution": "nothing of it can be graded",
        "e_loops": "",
        "f_ends": "it did not run to its end: Crash: the process ended by itself with exit code 3",
        "g_fine": "",
    }
    assert [*made] == sorted(made)
    assert errors_of(made["a_network"]).keys() == {1}
    assert "did not end within 0.5 s" in errors_of(made["e_loops"])[1]
    assert "NameError" in made["b_data"].listed[0].reason
    assert "NameError" in made["c_solution"].listed[0].reason


def errors_of(one: Imported) -> dict[int, str]:
    assert one.plan is not None
    return dict(one.plan.errors)


def test_a_cell_that_nothing_ends_is_said_to_be_the_fault(
    tmp_path: Path, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SECONDS_OF_A_CELL", "SECONDS", "SENDING"):
        monkeypatch.setattr(f"grader.importers.recording.{name}", 0.5)
    ignores = "    try:\n        while True:\n            x += 1\n    except BaseException:\n        pass"
    stubborn = f"x = 1\nwhile True:\n{ignores}"
    path = written(tmp_path / "week.ipynb", [code(stubborn), ANSWER, TEST])
    [made] = all_imported(read(path), order, 1)
    assert "it did not run to its end" in made.problem
    assert "take out the cell that does not end" in made.problem


def test_the_second_of_two_sources_of_a_name_is_named(tmp_path: Path, order: Order) -> None:
    paths = [written(tmp_path / one / "week.ipynb", [ANSWER, TEST]) for one in ("a", "b")]
    first, second = all_imported([one for path in paths for one in read(path)], order, 2)
    assert first.problem == ""
    assert second.path == str(paths[1])
    assert f"{paths[0]} becomes an assignment of that name" in second.problem


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_ours_costs_one_source(
    tmp_path: Path, order: Order, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = several.imported

    def failing(source: object, *args: object, **keys: object) -> Imported:
        if getattr(source, "name", "") == "a":
            raise KeyError("mistake")
        return real(source, *args, **keys)  # type: ignore[arg-type]

    monkeypatch.setattr(several, "imported", failing)
    paths = [written(tmp_path / "both" / f"{one}.ipynb", [ANSWER, TEST]) for one in "ab"]
    first, second = all_imported([one for path in paths for one in read(path)], order, jobs)
    assert first.problem.startswith("grader failed: KeyError: 'mistake'")
    assert second.problem == ""
