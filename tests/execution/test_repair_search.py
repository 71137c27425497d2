"""Repairs are searched for when all marks are known: nothing waits for them, and nothing is lost by them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from gradings import RIGHT, Grading, bytes_of

from grader.execution import batch
from grader.execution import grader as graders
from grader.execution.jobs import Graded, Job
from grader.results.database import Record, read_record
from grader.submissions import Handed, find

WRONG = RIGHT.replace("2", "3")


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """What was searched for: the file, and the functions."""
    done: list[tuple[str, list[str]]] = []
    search = graders.repairs

    def noted(*arguments: Any, **options: Any) -> Any:
        done.append((options["file"], [*options["functions"]]))
        return search(*arguments, **options)

    monkeypatch.setattr(graders, "repairs", noted)
    return done


def repairs_in(grading: Grading) -> dict[str, Any]:
    return {one["id"]: [e["repair"] for e in one["exercises"]] for one in grading.results()}


def test_results_and_page_tell_the_place(grading: Grading, handed: list[Handed]) -> None:
    grading.into(handed, hints="edit")
    repair = {"lines": [2, 2], "says": "the number `3`: `2` instead of `3`"}
    assert repairs_in(grading) == {"ann": [None], "bob": [repair], "cid": [None], "dan": []}


def test_only_what_is_wrong_is_searched_and_only_once(
    grading: Grading, handed: list[Handed], searched: list[tuple[str, list[str]]]
) -> None:
    grading.into(handed, hints="kind")
    assert searched == [("bob.ipynb", ["double"])]
    grading.into(handed, hints="kind")
    assert len(searched) == 1


def test_equal_mistakes_are_searched_for_once(
    grading: Grading, tmp_path: Path, notebook: Callable[..., bytes], searched: list[tuple[str, list[str]]]
) -> None:
    (tmp_path / "class").mkdir()
    for name in ("ann", "bob", "cid"):
        (tmp_path / "class" / f"{name}.ipynb").write_bytes(notebook(WRONG))
    grading.into(find([tmp_path / "class"]), hints="kind")
    assert len(searched) == 1
    assert len({str(repairs) for repairs in repairs_in(grading).values()}) == 1
    assert all(repair for repairs in repairs_in(grading).values() for repair in repairs)


def test_nothing_is_searched_where_no_place_is_told(
    grading: Grading, handed: list[Handed], searched: list[tuple[str, list[str]]]
) -> None:
    grading.into(handed, hints="none")
    assert searched == []
    assert repairs_in(grading)["bob"] == [None]


def test_marks_and_pages_are_there_when_the_search_is_stopped(
    grading: Grading, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(graders, "repairs", stopped)
        with pytest.raises(KeyboardInterrupt):
            grading.into(handed, hints="kind")
    assert grading.points() == {"ann": 5, "bob": 0, "cid": 5, "dan": None}
    assert grading.pages() == ["ann.html", "bob.html", "cid.html", "dan.html"]
    with read_record(grading.folder) as record:
        assert record.begun is not None
        assert record.begun.finished
    grading.into(handed, hints="kind")
    assert repairs_in(grading)["bob"] != [None]


def test_a_search_that_fails_costs_no_mark(
    grading: Grading, handed: list[Handed], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: Any, **__: Any) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(graders, "repairs", failing)
    grading.into(handed, hints="kind")
    assert grading.points() == {"ann": 5, "bob": 0, "cid": 5, "dan": None}
    assert repairs_in(grading)["bob"] == [None]


def test_several_processes_find_the_same(grading: Grading, handed: list[Handed], tmp_path: Path) -> None:
    grading.into(handed, hints="kind")
    alone = bytes_of(grading.folder)
    jobs = [Job(one, search=("double",)) for one in handed if one.id != "dan"]
    order = grading.order
    found: Iterable[Graded | None] = batch.grade_all(grading.grader, order, jobs, 2)
    assert [one and one.repairs for one in found] == [{"double": None}, {"double": None}, {"double": None}]
    assert alone == bytes_of(grading.folder)


def page_of(grading: Grading, name: str) -> str:
    return (grading.folder / "feedback" / f"{name}.html").read_text()


def test_what_was_found_before_a_search_was_stopped_is_on_the_page(
    grading: Grading, tmp_path: Path, notebook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "class").mkdir()
    for name, source in (("ann", WRONG), ("bob", RIGHT.replace("2 * x", "2 + x"))):
        (tmp_path / "class" / f"{name}.ipynb").write_bytes(notebook(source))
    add = Record.add_repairs

    def stopped(record: Record, repairs: Any) -> None:
        add(record, repairs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Record, "add_repairs", stopped)
        with pytest.raises(KeyboardInterrupt):
            grading.into(find([tmp_path / "class"]), hints="kind")
    grading.into(find([tmp_path / "class"]), hints="kind")
    assert all("Line 2: " in page_of(grading, name) for name in ("ann", "bob"))


def test_another_level_holds_for_what_was_searched_before(grading: Grading, handed: list[Handed]) -> None:
    for level, told in (("edit", "instead of"), ("place", "Look at line 2."), ("none", "")):
        grading.into(handed, hints=level)
        page = page_of(grading, "bob")
        assert told in page
        assert ("instead of" in page, "ook at line" in page) == (level == "edit", level == "place")
        assert (repairs_in(grading)["bob"] == [None]) == (level == "none")
