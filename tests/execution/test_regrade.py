"""A regrading says which marks change and why, and replaces a folder whole or not at all."""

from __future__ import annotations

import dataclasses
import json
import os
import stat
from collections.abc import Callable, Generator, Iterable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course
from grader.comparison.verdict import Verdict
from grader.errors import UsageError
from grader.execution.grader import Grader, Order
from grader.execution.regrade import Regrading, change_of, order_of, regraded
from grader.execution.results_run import grade_into
from grader.files import atomic_files
from grader.files.atomic_files import exchange
from grader.models.execution import Status
from grader.models.report import CaseResult, Report, Score
from grader.results.database import Record, read_record
from grader.submissions import Handed, find

PASSED, WRONG, BLANK = Verdict.PASSED, Verdict.WRONG_VALUE, Verdict.NOT_ATTEMPTED


def score(points: float, name: str = "double", verdict: Verdict = PASSED, **cases: Verdict) -> Score:
    results = tuple(
        CaseResult(id=case, public=False, verdict=found, message="", seconds=0.0)
        for case, found in cases.items()
    )
    return Score(
        name=name,
        points=points,
        max_points=5,
        verdict=verdict,
        status=Status.RETURNED,
        credited="as_written",
        cause=None,
        message="",
        hint="",
        cell=None,
        line=None,
        cases=results,
    )


def report(*scores: Score, status: Any = "graded") -> Report:
    points = sum(one.points for one in scores) if status == "graded" else None
    return Report(
        id="ann",
        file="ann.ipynb",
        sha256="",
        status=status,
        points=points,
        max_points=10,
        seconds=0.0,
        notes=(),
        exercises=scores,
    )


# ---------------------------------------------------------------- what is a change


def test_equal_points_are_no_change_whatever_else_is_different() -> None:
    assert change_of(report(score(0, a=WRONG)), report(score(0, verdict=WRONG, a=BLANK, b=WRONG))) is None


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        pytest.param(
            score(0, a=PASSED, b=WRONG, c=WRONG), score(5, a=PASSED, b=PASSED, c=PASSED),
            ("b", WRONG, PASSED), id="the first that failed",
        ),
        pytest.param(
            score(5, a=PASSED, b=PASSED), score(0, a=PASSED, b=PASSED, c=WRONG),
            ("c", None, WRONG), id="one that was not there",
        ),
        pytest.param(
            score(0, a=WRONG), score(5, b=PASSED), ("a", WRONG, None), id="one that is gone",
        ),
        pytest.param(
            score(5, b=PASSED), score(0, a=PASSED, b=WRONG),
            ("b", PASSED, WRONG), id="not a new one that passes",
        ),
        pytest.param(
            score(0, a=BLANK, b=WRONG), score(5, a=PASSED, b=PASSED),
            ("a", BLANK, PASSED), id="what did not run failed too",
        ),
        pytest.param(score(5, a=PASSED), score(6, a=PASSED), ("", PASSED, PASSED), id="its weight"),
        pytest.param(
            score(0, verdict=BLANK), score(5, a=PASSED), ("", BLANK, PASSED), id="no case before",
        ),
    ],
)  # fmt: skip
def test_a_change_is_explained_by_the_first_case_that_makes_it(
    before: Score, after: Score, says: tuple[str, Verdict | None, Verdict | None]
) -> None:
    change = change_of(report(before), report(after))
    assert change is not None
    (one,) = change.functions
    assert (one.before, one.after) == (before.points, after.points)
    assert (one.case, one.was, one.now) == says


def test_two_functions_that_change_places_are_a_change_though_the_sum_is_not() -> None:
    before = report(score(5, "a", one=PASSED), score(0, "b", one=WRONG))
    after = report(score(0, "a", one=WRONG), score(5, "b", one=PASSED))
    change = change_of(before, after)
    assert change is not None
    assert [one.function for one in change.functions] == ["a", "b"]
    assert change.before == change.after


def test_functions_that_come_and_go_are_told() -> None:
    change = change_of(report(score(5, "old")), report(score(5, "new")))
    assert change is not None
    assert [(one.function, one.before, one.after) for one in change.functions] == [
        ("new", None, 5), ("old", 5, None),
    ]  # fmt: skip


def test_what_has_a_mark_for_the_first_time_is_a_change_without_functions() -> None:
    change = change_of(report(status="unreadable"), report(score(0)))
    assert change is not None
    assert (change.before.status, change.before.points, change.after.points) == ("unreadable", None, 0)
    assert change.functions == ()


# ---------------------------------------------------------------- a folder

TOO_STRICT = '''"""Numbers to double, one of them too large."""

from grader.testcase import exercise


@exercise(points=5, public=1)
def double(rng):
    """Small and large numbers."""
    yield {"x": 1.0}
    yield {"x": 1e300}
'''
MENDED = TOO_STRICT.replace("1e300", "1e3")
RIGHT, ODD = "def double(x):\n    return 2 * x", "def double(x):\n    return x * 20 / 10 if x < 1e100 else 0"


def unwatched(work: Iterable[Any], _: int) -> Generator[Any, None, None]:
    yield from work


@pytest.fixture
def results(small_course: Callable[..., Course], notebook: Callable[..., bytes], tmp_path: Path) -> Path:
    """The results of two right submissions, one failed by a wrong test case, and of what is no notebook."""
    course = small_course(testcases=TOO_STRICT)
    (tmp_path / "in").mkdir()
    for name, data in (("ann", notebook(RIGHT)), ("bob", notebook(ODD)), ("eve", b"<html>")):
        (tmp_path / "in" / f"{name}.ipynb").write_bytes(data)
    handed = [*find([tmp_path / "in"]), Handed("zoe", "", absent=True)]
    handed[0] = dataclasses.replace(handed[0], late=True, notes=("1 earlier attempt was left out.",))
    order = Order(course.root, "small", "a seed", isolation="weak", timeout=5.0)
    with Grader(order) as grader:
        grade_into(tmp_path / "results", grader, order, handed, 1, unwatched)
    course.testcases("small").write_text(MENDED)
    return tmp_path / "results"


def regrade(folder: Path, use: Callable[[Regrading], Any]) -> Any:
    """What `use` makes of a regrading."""
    order = order_of(folder)
    with Grader(order) as grader, regraded(folder, grader, order, 1, unwatched) as made:
        return use(made)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def points(folder: Path) -> dict[str, float | None]:
    told = json.loads((folder / "results.json").read_text())["submissions"]
    return {entry["id"]: entry["points"] for entry in told}


def test_it_is_listed_whose_mark_changes_before_anything_is_written(results: Path) -> None:
    before = contents(results)
    made = regrade(results, lambda made: made)
    assert (made.count, made.astray) == (3, ())
    (change,) = made.changes
    assert (change.id, change.before.points, change.after.points) == ("bob", 0, 5)
    (one,) = change.functions
    assert (one.function, one.case, one.was, one.now) == ("double", "hidden-2", WRONG, PASSED)
    assert contents(results) == before
    assert sorted(path.name for path in results.parent.iterdir()) == ["course", "in", "results"]


def test_the_new_results_are_those_of_grading_again_in_full(results: Path, tmp_path: Path) -> None:
    with read_record(results) as record:
        handed = list(record.handed())
    regrade(results, Regrading.put_in_place)
    order = order_of(results)
    with Grader(order) as grader:
        grade_into(tmp_path / "again", grader, order, handed, 1, unwatched)
    assert points(results) == points(tmp_path / "again") == {"ann": 5, "bob": 5, "eve": None, "zoe": None}
    timed = {"results.db", "results.json"}
    assert {name: data for name, data in contents(results).items() if name not in timed} == {
        name: data for name, data in contents(tmp_path / "again").items() if name not in timed
    }
    (ann, *_) = json.loads((results / "results.json").read_text())["submissions"]
    assert (ann["late"], ann["notes"]) == (True, ["1 earlier attempt was left out."])
    assert regrade(results, lambda made: made).changes == ()


def test_what_was_made_of_old_marks_goes_and_other_files_stay(results: Path) -> None:
    for name in ("report.html", "students-2.html", "feedback/bob.ipynb", "results.db-journal"):
        (results / name).write_text("old")
    (results / "comments.json").write_text("{}")
    (results / "upload").mkdir()
    (results / "upload" / "mine.csv").write_text("mine")
    results.chmod(0o750)
    regrade(results, Regrading.put_in_place)
    assert {"comments.json", "upload/mine.csv"} < set(contents(results))
    assert not {"report.html", "students-2.html", "feedback/bob.ipynb", "results.db-journal"} & set(
        contents(results)
    )
    assert stat.S_IMODE(results.stat().st_mode) == 0o750
    assert sorted(path.name for path in results.parent.iterdir()) == ["course", "in", "results"]


@pytest.mark.parametrize(
    "lose",
    [
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes() + b"\n"), id="changed"),
    ],
)
def test_a_notebook_that_is_not_as_it_was_graded_is_named_and_nothing_is_written(
    results: Path, lose: Callable[[Path], Any]
) -> None:
    lose(results.parent / "in" / "ann.ipynb")
    before = contents(results)
    made = regrade(results, lambda made: made)
    assert (made.astray, [change.id for change in made.changes]) == (("ann",), ["bob"])
    with pytest.raises(UsageError, match="Put them back, or grade what there is now"):
        regrade(results, Regrading.put_in_place)
    assert contents(results) == before


def test_a_folder_that_cannot_be_replaced_is_as_it_was(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(one: Path, other: Path) -> None:
        raise OSError(16, os.strerror(16), str(other))

    monkeypatch.setattr("grader.execution.regrade.exchange", refuse)
    before = contents(results)
    with pytest.raises(UsageError, match="Device or resource busy\n  The results in it are as they were"):
        regrade(results, Regrading.put_in_place)
    assert contents(results) == before


def test_a_folder_reached_by_a_link_stays_a_link(results: Path) -> None:
    link = results.parent / "link"
    link.symlink_to(results)
    regrade(link, Regrading.put_in_place)
    assert link.is_symlink()
    assert points(results)["bob"] == 5


# ---------------------------------------------------------------- changing places


BY_TURNS = atomic_files._exchange_by_turns


@pytest.mark.parametrize("how", [exchange, BY_TURNS], ids=["at one stroke", "by turns"])
def test_two_folders_change_places(tmp_path: Path, how: Callable[[Path, Path], None]) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    how(tmp_path / "one", tmp_path / "two")
    assert [(tmp_path / name / "file").read_text() for name in ("one", "two")] == ["two", "one"]
    assert len(list(tmp_path.iterdir())) == 2


def test_what_cannot_change_places_stays_where_it_was(tmp_path: Path) -> None:
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "file").write_text("two")
    for how in (exchange, atomic_files._exchange_by_turns):
        with pytest.raises(FileNotFoundError):
            how(tmp_path / "none", tmp_path / "two")
        assert (tmp_path / "two" / "file").read_text() == "two"


def test_what_was_graded_into_the_folder_meanwhile_is_not_lost(
    results: Path, tmp_path: Path, notebook: Callable[..., bytes]
) -> None:
    (tmp_path / "yve.ipynb").write_bytes(notebook(RIGHT))
    order = order_of(results)
    old = dataclasses.replace(order, seed="another")

    def late(made: Regrading) -> None:
        with Grader(old) as grader:
            grade_into(results, grader, old, find([tmp_path / "yve.ipynb"]), 1, unwatched, only=True)
        with pytest.raises(
            UsageError, match=r"meanwhile; it is as it was\n  Type it again: grader regrade /"
        ):
            made.put_in_place()

    regrade(results, late)
    assert points(results) == {"yve": 5}


def test_nothing_is_graded_into_a_folder_that_was_replaced_while_one_waited(
    results: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inodes = iter([1, 2])
    monkeypatch.setattr(Record, "_inode", lambda _: next(inodes))
    with pytest.raises(UsageError, match="it was replaced while this waited"):
        Record(results, create=True)
