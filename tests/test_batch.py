"""A batch gives one report for each file, in order, whatever is in it and however many processes work."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.batch import FEW, Graded, Grader, Order, grade_all
from grader.errors import AssignmentError, NameMapError, SandboxError, UsageError
from grader.intake import Handed, find
from grader.model import Call, Program, Run
from grader.report.results import write_results
from grader.results_folder import write_folder

ROOT = Path(__file__).parents[1]
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
ORDER = Order(ROOT, "dnn_step_by_step", "tests", timeout=1.0, isolation="weak")


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(ORDER) as one:
        yield one


@pytest.fixture
def handed(tmp_path: Path, notebook: Callable[..., bytes]) -> list[Handed]:
    """More files than one process would take: right ones, wrong ones, and one that is no notebook."""
    for i in range(FEW + 2):
        wrong = RIGHT.replace("+ b", f"+ {i}")
        data = notebook(RIGHT if i % 2 else wrong) if i != 3 else b"\x00\xff"
        (tmp_path / f"s{i:02}.ipynb").write_bytes(data)
    return find([tmp_path])


def test_one_process_and_several_give_the_same_reports(
    grader: Grader, handed: list[Handed], timeless: Callable[[bytes], object]
) -> None:
    alone, together = ([report for report, _ in grade_all(grader, ORDER, handed, jobs)] for jobs in (1, 2))
    assert [report.id for report in together] == [one.id for one in handed]
    assert timeless(write_results(grader.header, alone)) == timeless(write_results(grader.header, together))


def test_what_cannot_be_read_costs_no_other_its_mark(grader: Grader, handed: list[Handed]) -> None:
    graded = grade_all(grader, ORDER, handed[:6], 1)
    assert [(report.status, report.points) for report, _ in graded] == [
        ("graded", 0), ("graded", 10), ("graded", 0), ("unreadable", None), ("graded", 0), ("graded", 10),
    ]  # fmt: skip


class BreaksOnce:
    """A sandbox that breaks down the first time it is asked."""

    def __init__(self, sandbox: Any) -> None:
        self.sandbox = sandbox
        self.asked = 0

    def run(self, program: Program, calls: list[Call]) -> list[Run]:
        self.asked += 1
        if self.asked == 1:
            raise SandboxError("it broke")
        runs: list[Run] = self.sandbox.run(program, calls)
        return runs


def test_a_fault_of_ours_leaves_one_submission_ungraded_and_no_other(
    grader: Grader, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grader, "sandbox", BreaksOnce(grader.sandbox))
    first, second = map(grader.grade, handed[1:3])
    assert (first.status, first.points) == ("failed", None)
    assert "by no fault of its author" in first.notes[0]
    assert second.status == "graded"


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param({"assignment": "nothing"}, AssignmentError, id="no such assignment"),
        pytest.param({"names": "nonsense"}, NameMapError, id="a name map that means nothing"),
    ],
)
def test_a_fault_of_the_order_is_known_before_anything_is_graded(
    change: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Grader(dataclasses.replace(ORDER, **change))  # type: ignore[arg-type]


def test_a_public_order_runs_no_hidden_case(handed: list[Handed]) -> None:
    with Grader(dataclasses.replace(ORDER, public=True)) as public:
        report = public.grade(handed[1])
    assert {case.public for score in report.exercises for case in score.cases} == {True}


def test_a_results_folder_is_complete(grader: Grader, handed: list[Handed], tmp_path: Path) -> None:
    folder = tmp_path / "out" / "deep"
    reports = write_folder(folder, grader.header, grade_all(grader, ORDER, handed[:5], 1))
    pages = sorted(path.name for path in (folder / "feedback").iterdir())
    assert [report.id for report in reports] == [one.id for one in handed[:5]]
    assert pages == [f"{one.id}.html" for one in handed[:5]]
    assert len((folder / "grades.csv").read_text().splitlines()) == 6
    assert (folder / "results.json").read_bytes() == write_results(grader.header, reports)


def test_a_folder_that_cannot_be_made_is_known_before_anything_is_graded(
    grader: Grader, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("")

    def never(handed: Handed) -> Graded:
        raise AssertionError(f"{handed.id} was graded all the same")

    with pytest.raises(UsageError, match="choose another folder with --out"):
        write_folder(tmp_path / "taken", grader.header, map(never, [Handed("a", tmp_path)]))
