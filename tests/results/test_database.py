"""The record of a results folder keeps each submission whole, and says what is wrong with a file."""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CLASS, GRADED, HEADER
from strategies import texts

from grader.errors import UsageError
from grader.models.report import Report
from grader.models.submission import Student
from grader.results.codec import pack
from grader.results.database import NAME, Record, Row, _decoded, _encoded, read_record
from grader.results.results_json import assembled, write_results
from grader.submissions import Handed

MAKER = "m" * 64


def row(report: Report, position: int, made_by: str = MAKER) -> Row:
    handed = Handed(report.id, report.file)
    return Row(report.id, position, handed, report.sha256, made_by, pack(report))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An open record with a class in it, whose grading is not finished."""
    with Record(tmp_path, create=True) as opened:
        opened.begin(HEADER, b"{}")
        opened.add([row(report, i) for i, report in enumerate(CLASS)])
        yield opened


def ids(record: Record) -> list[str]:
    return [report.id for report in record.reports()]


@pytest.fixture
def finished(record: Record, tmp_path: Path) -> Path:
    """A folder whose grading is finished."""
    record.finish()
    record.close()
    return tmp_path


# ---------------------------------------------------------------- what is kept


def test_what_was_taken_in_is_read_in_order(finished: Path) -> None:
    with read_record(finished) as record:
        assert record.header == HEADER
        assert record.order == b"{}"
        assert [pack(report) for report in record.reports()] == [pack(report) for report in CLASS]
        assert b"".join(assembled(HEADER, record.entries())) == write_results(HEADER, CLASS)
        assert [handed.path for handed in record.handed()] == [str(Path(r.file).absolute()) for r in CLASS]


def test_nothing_is_left_beside_the_database(finished: Path) -> None:
    assert [path.name for path in finished.iterdir()] == [NAME]


def test_a_new_grading_begins_without_the_submissions_of_the_last_one_and_keeps_them(record: Record) -> None:
    record.begin(HEADER, b"{}")
    assert ids(record) == []
    assert record.graded() == {(report.id, MAKER): report.sha256 for report in CLASS}
    record.keep(Handed("eve", "moved/eve.ipynb"), 0)
    record.add([row(replace(GRADED, sha256="e" * 64), 1)])
    assert ids(record) == ["eve", "ann"]
    assert record.graded()["ann", MAKER] == "e" * 64
    assert next(record.handed()).path == str(Path("moved/eve.ipynb").absolute())


def test_a_record_with_the_table_of_an_earlier_grader_is_opened_and_goes_on(finished: Path) -> None:
    with sqlite3.connect(finished / NAME) as database:
        database.execute("CREATE TABLE learned (meaning BLOB PRIMARY KEY, made_by TEXT, score BLOB)")
        database.execute("INSERT INTO learned VALUES ('a', 'b', 'c')")
    database.close()
    with Record(finished, create=True) as record:
        record.begin(HEADER, b"{}", ["ann"])
        record.add([row(replace(GRADED, id="zoe"), 3)])
        assert ids(record) == ["ann", "zoe"]


def test_equal_scores_are_kept_once_and_those_of_no_report_are_forgotten(record: Record) -> None:
    def kept() -> int:
        count: int = record._connection.execute("SELECT count(*) FROM scores").fetchone()[0]
        return count

    before = kept()
    record.add([row(replace(GRADED, id=f"s{i}"), 3 + i) for i in range(9)])
    assert kept() == before, "all are as those of ann"
    other = tuple(replace(score, message="Another one.") for score in GRADED.exercises)
    record.add([row(replace(GRADED, id="s0", exercises=other), 3)])
    assert kept() == before + len(other)
    record.add([row(replace(GRADED, id="s0"), 3)])
    record.begin(HEADER, b"{}")
    assert kept() == before


def test_what_was_not_committed_is_not_there(record: Record, tmp_path: Path) -> None:
    record.begin(HEADER, b"{}")
    record.keep(Handed("eve", "eve.ipynb"), 0)
    record.close()
    with Record(tmp_path, create=True) as again:
        assert ids(again) == []
        assert len(again.graded()) == len(CLASS)


def test_a_key_that_interrupts_a_commit_costs_nothing(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = [row(replace(GRADED, id="zoe"), 3)]
    with monkeypatch.context() as patch:
        patch.setattr(record._connection, "commit", interrupted)
        with pytest.raises(KeyboardInterrupt):
            record.add(more)
    record.add(more)
    record.close()
    with Record(tmp_path, create=True) as again:
        assert ids(again) == ["ann", "bob", "eve", "zoe"]


def interrupted() -> None:
    raise KeyboardInterrupt


paths = st.binary(min_size=1, max_size=30).filter(lambda name: b"\0" not in name).map(os.fsdecode)


@given(
    st.builds(
        Handed,
        id=st.just("ann"),
        path=paths,
        member=st.none() | st.text(),
        fault=st.text(),
        student=st.none() | st.builds(Student, st.text(), st.text()),
        late=st.booleans(),
        submitted=st.text(),
        notes=st.lists(st.text()).map(tuple),
        absent=st.booleans(),
        within=st.text(),
    )
)
def test_what_was_handed_in_comes_back_whatever_the_bytes_of_its_name(handed: Handed) -> None:
    path = handed.path if handed.path.startswith("/") else f"{Path.cwd()}/{handed.path}"
    assert _decoded(_encoded(handed)) == replace(handed, path=path)


@given(texts)
def test_a_student_who_is_called_anything_can_be_kept(name: str) -> None:
    spelled = name.encode("utf-8", "backslashreplace").decode()
    assert _decoded(_encoded(Handed("a", "/a", student=Student("a", name)))).student == Student("a", spelled)


# ---------------------------------------------------------------- what can be wrong


def test_a_grading_that_was_not_finished_says_how_to_go_on(record: Record, tmp_path: Path) -> None:
    record.close()
    with (
        read_record(tmp_path) as read,
        pytest.raises(UsageError, match=r"not finished\n  Run the same `grader grade` again"),
    ):
        _ = read.header


def test_a_folder_of_another_assignment_is_left_as_it_is(finished: Path) -> None:
    before = (finished / NAME).read_bytes()
    with (
        Record(finished, create=True) as record,
        pytest.raises(UsageError, match=r"the results of two_functions, not of three\n  Choose another"),
    ):
        record.begin(replace(HEADER, assignment="three"), b"")
    assert (finished / NAME).read_bytes() == before


@pytest.mark.parametrize("create", [True, False], ids=["to grade", "to read"])
def test_a_newer_schema_is_refused_by_number(finished: Path, create: bool) -> None:
    with sqlite3.connect(finished / NAME) as database:
        database.execute("PRAGMA user_version = 3")
    database.close()
    with pytest.raises(UsageError, match=r"results\.db: it has schema 3; this grader knows schema 2\n  Use"):
        Record(finished, create=create)


@pytest.mark.parametrize("create", [True, False], ids=["to grade", "to read"])
def test_what_is_no_database_is_named_and_left_as_it_is(tmp_path: Path, create: bool) -> None:
    (tmp_path / NAME).write_bytes(b"Dear professor, " * 100)
    with pytest.raises(UsageError, match=r"results\.db: file is not a database\n  Move it away"):
        Record(tmp_path, create=create)
    assert (tmp_path / NAME).read_bytes() == b"Dear professor, " * 100


def test_a_database_that_was_damaged_is_named(finished: Path) -> None:
    data = bytearray((finished / NAME).read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    (finished / NAME).write_bytes(data)
    with (
        read_record(finished) as record,
        pytest.raises(UsageError, match=r"results\.db: .*malformed\n  Move it away, and grade again"),
    ):
        list(record.reports())


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda folder: folder, id="no record"),
        pytest.param(lambda folder: (folder / NAME).touch(), id="an empty one"),
        pytest.param(lambda folder: Record(folder, create=True).close(), id="one in which nothing began"),
    ],
)
def test_a_folder_without_results_is_named(tmp_path: Path, make: Callable[[Path], object]) -> None:
    make(tmp_path)
    with (
        pytest.raises(UsageError, match="there are no results in it\n  Name the folder"),
        read_record(tmp_path) as record,
    ):
        _ = record.header


@pytest.mark.parametrize("create", [True, False], ids=["to grade", "to read"])
def test_who_comes_second_is_told_at_once_and_the_first_goes_on(
    record: Record, tmp_path: Path, create: bool
) -> None:
    with pytest.raises(UsageError, match=r"results\.db: database is locked\n  Wait until the other `grader`"):
        Record(tmp_path, create=create)
    record.add([row(replace(GRADED, id="zoe"), 3)])
    assert ids(record) == ["ann", "bob", "eve", "zoe"]


def test_a_grader_waits_for_no_reader_and_none_reads_half(finished: Path) -> None:
    with read_record(finished) as reader:
        reports = reader.reports()
        next(reports)
        with pytest.raises(UsageError, match="database is locked"):
            Record(finished, create=True)
        assert len(list(reports)) == len(CLASS) - 1


def test_a_full_disk_is_told_and_what_was_there_before_still_reads(record: Record, tmp_path: Path) -> None:
    (pages,) = record._connection.execute("PRAGMA page_count").fetchone()
    record._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    large = [row(replace(GRADED, id=f"s{i}", notes=("x" * 4000,)), 3 + i) for i in range(9)]
    with pytest.raises(UsageError, match=r"results\.db: database or disk is full\n  Make room, .* is kept\."):
        record.add(large)
    record.close()
    with Record(tmp_path, create=True) as again:
        assert ids(again) == ["ann", "bob", "eve"]
        again.add(large)
        assert len(ids(again)) == 12


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("spring?2026", id="what begins a query"),
        pytest.param("r%20#x", id="what is quoted, and what begins a fragment"),
        pytest.param("file:x?mode=ro", id="what SQLite takes for an address"),
        pytest.param("a b/ü\n", id="spaces, letters and a line end"),
        pytest.param("deep/../up/", id="a way back up"),
        pytest.param(os.fsdecode(b"\xff"), id="no text"),
    ],
)
def test_a_record_is_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    (tmp_path / "deep").mkdir()
    folder.mkdir(parents=True)
    with Record(folder, create=True) as record:
        record.begin(HEADER, b"{}")
        record.finish()
    assert (folder / NAME).stat().st_size > 0
    with read_record(folder) as record:
        assert record.header == HEADER


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is Linux's")
def test_a_full_disk_is_told_each_time_and_does_no_harm(record: Record) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    rows = [row(replace(GRADED, id=f"eve{i}"), i) for i in range(500)]
    resource.setrlimit(resource.RLIMIT_FSIZE, (record.path.stat().st_size, hard))
    try:
        for _ in range(2):
            with pytest.raises(UsageError, match=r"results\.db: disk I/O error\n  Make room"):
                record.add(rows)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    record.add(rows)
    assert len(ids(record)) == len(CLASS) + len(rows)
