"""A notebook that is graded into the folder of a class joins it: nobody vanishes, and every page is right."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gradings import RIGHT, Grading, bytes_of

from grader.errors import UsageError
from grader.execution.grader import Grader
from grader.execution.results_run import grade_into
from grader.grading.answer_fingerprint import groups_of
from grader.results.database import read_record
from grader.submissions import Handed, find

PAGES = ["ann.html", "bob.html", "cid.html", "dan.html"]


@pytest.fixture
def zoe(tmp_path: Path, notebook: Callable[..., bytes]) -> list[Handed]:
    """Zoe is late, and right."""
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "zoe.ipynb").write_bytes(notebook(RIGHT))
    return find([tmp_path / "late"])


def test_a_late_notebook_joins_the_class(grading: Grading, handed: list[Handed], zoe: list[Handed]) -> None:
    first = grading.filed(handed)
    assert (str(first), first.joins, first.added) == ("added 4", False, ["ann", "bob", "cid", "dan"])
    filed = grading.filed(zoe)
    assert (str(filed), filed.joins, grading.done) == ("added 1, kept 4", True, ["zoe"])
    assert grading.points() == {"ann": 5, "bob": 0, "cid": 5, "dan": None, "zoe": 5}
    rows = (grading.folder / "grades.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows] == ["id", "ann", "bob", "cid", "dan", "zoe"]
    assert grading.pages() == [*PAGES, "zoe.html"]
    assert filed.tally.statuses == {"graded": 4, "unreadable": 1}
    assert filed.reasons == [], "what was wrong with others was said when they were named"


def test_a_newer_notebook_takes_the_place_of_the_older_one(
    grading: Grading, handed: list[Handed], tmp_path: Path, notebook: Callable[..., bytes]
) -> None:
    grading.filed(handed)
    remarks = [grading.folder / "feedback" / f"bob{ending}" for ending in (".ipynb", ".notebook.html")]
    for path in (*remarks, grading.folder / "feedback" / "ann.ipynb"):
        path.write_text("remarks")
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "bob.ipynb").write_bytes(notebook(RIGHT))
    filed = grading.filed(find([tmp_path / "late"]))
    assert str(filed) == "replaced 1, kept 3"
    assert filed.moved == [f"bob: {tmp_path}/late/bob.ipynb is in place of {tmp_path}/in/bob.ipynb"]
    assert list(grading.points().items()) == [("ann", 5), ("bob", 5), ("cid", 5), ("dan", None)]
    assert grading.pages() == sorted([*PAGES, "ann.ipynb"]), "remarks on the older one are gone"


def test_the_order_of_the_class_stays_and_is_that_of_what_is_named_when_all_is(
    grading: Grading, handed: list[Handed]
) -> None:
    ann, bob, cid, dan = handed
    grading.into([ann, bob, cid])
    assert grading.into([cid, dan, ann]) == ["dan"]
    assert list(grading.points()) == ["ann", "bob", "cid", "dan"]
    grading.into([dan, cid, bob, ann])
    assert list(grading.points()) == ["dan", "cid", "bob", "ann"]


def test_only_what_is_named_stays_when_that_is_typed_and_nothing_is_forgotten(
    grading: Grading, handed: list[Handed]
) -> None:
    grading.filed(handed)
    filed = grading.filed(handed[1:2], only=True)
    assert (str(filed), filed.removed) == ("kept 1, removed 3", ("ann", "cid", "dan"))
    assert grading.points() == {"bob": 0}
    assert grading.pages() == ["bob.html"]
    assert grading.into(handed[:2]) == [], "a mark that was made once is not made again"
    assert grading.points() == {"bob": 0, "ann": 5}
    assert grading.pages() == ["ann.html", "bob.html"], "and its page is there again"


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("spoil", [Path.unlink, lambda page: page.write_bytes(b"")], ids=["missing", "empty"])
def test_a_page_that_is_not_there_is_written_again_as_it_was(
    grading: Grading, handed: list[Handed], zoe: list[Handed], spoil: Callable[[Path], object]
) -> None:
    grading.filed(handed)
    pages = [grading.folder / "feedback" / name for name in ("ann.html", "dan.html")]
    before = [page.read_bytes() for page in pages]
    for page in pages:
        spoil(page)
    grading.filed(zoe)
    assert [page.read_bytes() for page in pages] == before


def test_a_page_is_written_again_with_its_comment(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    page = grading.folder / "feedback" / "bob.html"
    page.unlink()
    with read_record(grading.folder) as record:
        (group,) = groups_of([*record.reports()][1].exercises[0])
    grading.filed(zoe, comments={group: "See slide 12."})
    assert b"See slide 12." in page.read_bytes()


def test_whatever_else_is_in_the_folder_stays(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    for name in ("notes.txt", "comments.json", "feedback/mine.html", "feedback/.keep"):
        (grading.folder / name).write_text("{}")
    grading.filed(zoe, comments={})
    grading.filed(zoe, only=True)
    assert grading.pages() == [".keep", "mine.html", "zoe.html"]
    assert (grading.folder / "notes.txt").exists()


# ---------------------------------------------------------------- what may not stand side by side


def test_a_late_notebook_of_another_seed_is_refused_and_nothing_changes(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    before = bytes_of(grading.folder)
    with pytest.raises(UsageError) as refused:
        grading.filed(zoe, seed="another")
    assert str(refused.value) == (
        f"{grading.folder}: it has 4 more submissions, graded with another seed\n"
        "  Name the seed of this folder, or grade them by another: "
        f"grader regrade {grading.folder} --seed SEED"
    )
    assert (bytes_of(grading.folder), grading.done) == (before, [])
    assert str(grading.filed(zoe, seed="another", only=True)) == "added 1, removed 4"
    assert grading.points() == {"zoe": 5}


def test_a_late_notebook_of_a_changed_assignment_is_refused_and_nothing_changes(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    before = bytes_of(grading.folder)
    solution = Path(grading.order.course / "solutions" / "small.py")
    solution.write_text(solution.read_text().replace("2 * x", "3 * x"))
    with pytest.raises(
        UsageError, match=r"graded with another version of small\n  First .*: grader regrade \S+deep$"
    ):
        grading.filed(zoe, remember=True)
    assert bytes_of(grading.folder) == before
    assert str(grading.filed(handed, remember=True)) == "graded again 4", "nothing of then would stay"


def test_a_class_that_was_graded_by_a_course_elsewhere_is_told_to_be_graded_by_this_one(
    grading: Grading, handed: list[Handed], zoe: list[Handed], tmp_path: Path
) -> None:
    grading.filed(handed)
    moved = tmp_path / "the new course"
    shutil.copytree(grading.order.course, moved)
    solution = moved / "solutions" / "small.py"
    solution.write_text(solution.read_text().replace("2 * x", "3 * x"))
    with pytest.raises(UsageError, match=rf": grader regrade \S+ --course '{moved}'$"):
        grading.filed(zoe, course=moved)


def test_results_without_their_record_are_not_written_over(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    (grading.folder / "results.db").unlink()
    with pytest.raises(UsageError, match=r"not results\.db, which knows the class\n  Put results\.db back"):
        grading.filed(zoe)
    assert len(grading.points()) == 4
    grading.filed(handed, only=True)
    assert len(grading.points()) == 4


# ---------------------------------------------------------------- when it is interrupted


def stopped_after(grading: Grading, count: int, handed: list[Handed], **change: Any) -> None:
    """Grade into the folder, and be killed after so many."""

    def watch(work: Any, _: int) -> Any:
        for position, one in enumerate(work):
            if position == count:
                raise KeyboardInterrupt
            yield one

    order = dataclasses.replace(grading.order, **change)
    with Grader(order) as grader, pytest.raises(KeyboardInterrupt):
        grade_into(grading.folder, grader, order, handed, 1, watch)


@pytest.mark.parametrize("count", [0, 1])
def test_a_late_run_that_was_killed_goes_on_and_has_lost_nobody(
    grading: Grading, handed: list[Handed], zoe: list[Handed], count: int, notebook: Callable[..., bytes]
) -> None:
    grading.filed(handed)
    late = [*zoe, dataclasses.replace(zoe[0], id="yve")]
    stopped_after(grading, count, late)
    assert len(grading.points()) == 4, "results.json is as it was"
    assert grading.into(late) == ["zoe", "yve"][count:]
    assert list(grading.points()) == ["ann", "bob", "cid", "dan", "zoe", "yve"]


def test_a_run_with_another_seed_that_was_killed_mixes_nothing(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    grading.filed(handed)
    stopped_after(grading, 2, handed, seed="another")
    grading.filed(zoe, seed="another")
    assert list(grading.points()) == ["ann", "bob", "zoe"], "those of the first seed have to be named again"
    assert grading.into(handed, seed="another") == ["cid", "dan"]
    with pytest.raises(UsageError, match="graded with another seed"):
        grading.filed(zoe)


def test_a_class_that_was_not_finished_and_is_of_another_version_says_how_to_begin_again(
    grading: Grading, handed: list[Handed], zoe: list[Handed]
) -> None:
    stopped_after(grading, 2, handed)
    with pytest.raises(
        UsageError, match=r"  Grade the whole class: grader grade small PATH\.\.\. .* --only$"
    ):
        grading.filed(zoe, seed="another")
