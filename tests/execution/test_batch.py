"""A batch gives one report for each file, in order, whatever is in it and however many processes work."""

from __future__ import annotations

import dataclasses
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import unpacked

from grader.errors import AssignmentError, NameMapError, SandboxError
from grader.execution import batch
from grader.execution.batch import FEW, grade_all
from grader.execution.grader import Grader, Order
from grader.execution.jobs import Graded, Job, carry_out
from grader.models.execution import Call, Program, Run, Statement
from grader.models.report import Report
from grader.models.submission import Student
from grader.results.codec import Packed
from grader.results.results_json import write_results
from grader.submissions import Handed, find

ROOT = Path(__file__).parents[2]
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


def graded(grader: Grader, handed: list[Handed], jobs: int = 1) -> list[Report]:
    results = grade_all(grader, ORDER, [*map(Job, handed)], jobs)
    return reports_of(results)


def reports_of(results: Iterable[Graded | None]) -> list[Report]:
    """What is reported; scores that came before may be left out of a result."""
    packed = [result.report for result in results if result]
    scores = {digest: score for each in packed for digest, score in each.scores.items()}
    return [unpacked(Packed(each.outline, scores)) for each in packed]


def test_one_process_and_several_give_the_same_reports(
    grader: Grader, handed: list[Handed], timeless: Callable[[bytes], object]
) -> None:
    alone, together = ([*grade_all(grader, ORDER, [*map(Job, handed)], jobs)] for jobs in (1, 2))
    assert [report.id for report in reports_of(together)] == [one.id for one in handed]
    one, two = (write_results(grader.header, reports_of(results)) for results in (alone, together))
    assert timeless(one) == timeless(two)


def test_what_cannot_be_read_costs_no_other_its_mark(grader: Grader, handed: list[Handed]) -> None:
    assert [(report.status, report.points) for report in graded(grader, handed[:6])] == [
        ("graded", 0), ("graded", 10), ("graded", 0), ("unreadable", None), ("graded", 0), ("graded", 10),
    ]  # fmt: skip


def test_a_file_that_was_graded_before_is_not_graded_again(grader: Grader, handed: list[Handed]) -> None:
    before = [carry_out(grader, Job(one)) for one in handed[:3]]
    known = [result.sha256 if result else "" for result in before]
    work = [Job(handed[0], known[0]), Job(handed[1], known[2]), Job(handed[2])]
    assert [result is None for result in grade_all(grader, ORDER, work, 1)] == [True, False, False]


def test_what_is_known_of_a_submission_is_in_its_report(grader: Grader, handed: list[Handed]) -> None:
    ada = Student("ada", "Ada Lovelace")
    one = dataclasses.replace(handed[1], student=ada, late=True, submitted="2026-01-01", notes=("Late.",))
    [report] = graded(grader, [one])
    assert (report.student, report.late, report.submitted, report.notes[-1]) == (
        ada, True, "2026-01-01", "Late.",
    )  # fmt: skip


def test_who_handed_in_nothing_has_a_report_and_no_page(grader: Grader) -> None:
    result = carry_out(grader, Job(Handed("zoe", "", absent=True)))
    assert result is not None
    assert (result.standing, result.page) == ("not_submitted", b"")


def test_the_workers_are_there_before_anyone_listens(grader: Grader, handed: list[Handed]) -> None:
    before = set(multiprocessing.active_children())
    results = grade_all(grader, ORDER, [*map(Job, handed)], 2)  # then a bar that has a thread can listen
    assert len(set(multiprocessing.active_children()) - before) == 2
    results.close()
    assert set(multiprocessing.active_children()) == before


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="a process cannot stay on a core here")
def test_each_worker_is_given_a_core_and_its_children_are_on_it(
    grader: Grader, handed: list[Handed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = min(os.sched_getaffinity(0))

    def stay(number: int) -> None:
        (tmp_path / f"worker {number}").touch()
        os.sched_setaffinity(0, {core})

    program = Program((Statement(1, 1, "import os\ndef cores():\n    return [*os.sched_getaffinity(0)]"),))

    def look(own: Grader, job: Job) -> Graded | None:
        (run,) = own.sandbox.run(program, [Call("cores", ())])
        assert run.value == [core]
        (tmp_path / f"looked {job.handed.id}").touch()
        return carry_out(own, job)

    monkeypatch.setattr(batch, "stay_on_one", stay)
    monkeypatch.setattr(batch, "carry_out", look)
    graded(grader, handed, jobs=2)
    assert len([*tmp_path.glob("worker *")]) == 2
    assert len([*tmp_path.glob("looked *")]) == len(handed)


def test_who_stops_listening_ends_the_work_at_once(grader: Grader, handed: list[Handed]) -> None:
    before = set(multiprocessing.active_children())
    results = grade_all(grader, ORDER, [*map(Job, handed)] * 50, 2)
    next(results)
    assert len(set(multiprocessing.active_children()) - before) == 2
    results.close()
    assert set(multiprocessing.active_children()) <= before


class BreaksOnce:
    """A sandbox that breaks down the first time it is asked."""

    def __init__(self, sandbox: Any) -> None:
        self.sandbox = sandbox
        self.asked = 0

    def run(self, program: Program, calls: list[Call], *others: Any) -> list[Run]:
        self.asked += 1
        if self.asked == 1:
            raise SandboxError("it broke")
        runs: list[Run] = self.sandbox.run(program, calls, *others)
        return runs


def test_a_fault_of_ours_leaves_one_submission_ungraded_and_no_other(
    grader: Grader, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grader, "sandbox", BreaksOnce(grader.sandbox))
    monkeypatch.setattr(grader, "cache", None)  # other tests have graded the same
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


def test_an_order_without_a_seed_runs_no_hidden_case(handed: list[Handed]) -> None:
    with Grader(dataclasses.replace(ORDER, seed=None)) as public:
        report = public.grade(handed[1])
    assert {case.public for score in report.exercises for case in score.cases} == {True}


@pytest.mark.parametrize("jobs", [1, 2, 7, 64])
@pytest.mark.parametrize("count", [1, 13, 150, 1000])
def test_what_a_worker_takes_at_a_time_grows_small_and_leaves_out_nothing(count: int, jobs: int) -> None:
    work: Any = range(count)
    chunks = [*batch._chunks(work, jobs)]
    sizes = [len(chunk) for chunk in chunks]
    assert [one for chunk in chunks for one in chunk] == [*work]
    assert sizes == sorted(sizes, reverse=True)
    assert max(sizes) <= batch.CHUNK
    assert set(sizes[-min(count, jobs) :]) == {1}, "at the end each worker has one, and none waits for many"
