"""adjustments.csv is read as it was written, forgives its form, refuses nonsense, and loses no line."""

from __future__ import annotations

import math
import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import AdjustmentError
from grader.models.marking import Adjustment
from grader.reports.sanitize import one_line
from grader.results.adjustments import (
    NAME,
    adjustments_in,
    append,
    check_known,
    in_words,
    locked,
)
from grader.results.rulings import in_force

HEADING = "student,function,action,value,by,when,because\n"
ADA = Adjustment(
    "ada", "double", "points", 4.5, "grace", "2026-11-29T10:00:00+00:00", "Right but for a slip."
)


def write(folder: Path, *adjustments: Adjustment) -> None:
    with locked(folder) as file:
        append(file, folder / NAME, adjustments)


def one(**fields: object) -> Adjustment:
    return Adjustment(**{**{name: getattr(ADA, name) for name in ADA.__slots__}, **fields})  # type: ignore[arg-type]


nasty = st.sampled_from(["'", "''", "=1+1", "'=1+1", "''=1", "@a", "-", "a,b", 'a"b', "a;b\tc", "＝1", "'a"])
texts = (nasty | st.text(min_size=1, max_size=40)).map(one_line).filter(bool)
values = st.integers(0, 999) | st.floats(0, 999).map(lambda number: round(number, 4))
adjustments = st.builds(
    Adjustment,
    texts,
    st.sampled_from(["", "double"]) | texts,
    st.sampled_from(["points", "add"]),
    values,
    texts,
    st.sampled_from(["2026-11-29", "2026-11-29T10:00:00+00:00"]),
    texts,
)


@given(written=st.lists(adjustments, min_size=1, max_size=4), later=st.lists(adjustments, max_size=2))
def test_what_is_read_is_what_was_written_whatever_people_are_called(
    written: list[Adjustment], later: list[Adjustment], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("results")
    write(folder, *written)
    write(folder, *later)
    assert adjustments_in(folder) == (*written, *later)
    assert not any(line.startswith(("=", "+", "-", "@")) for line in (folder / NAME).read_text().split(","))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-a", "@a", "＝1"])
def test_no_name_and_no_reason_is_a_formula(text: str, tmp_path: Path) -> None:
    write(tmp_path, one(by=text, because=text))
    assert f",'{text},2026" in (tmp_path / NAME).read_text()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            "because;when;by;value;action;function;student\n"
            "Right but for a slip.;2026-11-29T10:00:00+00:00;grace;4,5;points;double;ada\n",
            id="semicolons, decimal comma, another order",
        ),
        pytest.param(
            "\n\n Student , Function,ACTION,Value,By,When,Because,Seen\n\n"
            "ada,double,Points,4.5,grace,2026-11-29T10:00:00+00:00,Right but for a slip.,yes\n\n\n",
            id="blank lines, capitals, a further column",
        ),
        pytest.param(
            "\ufeff" + HEADING.replace("\n", "\r\n")
            + "ada, double ,points,4.50,grace,2026-11-29T10:00:00+00:00,Right but for a slip.",
            id="of Excel, without a last line end",
        ),
    ],
)  # fmt: skip
def test_the_form_is_forgiven_and_kept_when_more_is_added(content: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8", newline="")
    assert adjustments_in(tmp_path) == (ADA,)
    write(tmp_path, one(value=7.25))
    assert adjustments_in(tmp_path) == (ADA, one(value=7.25))
    assert (tmp_path / NAME).read_bytes().startswith(content.encode())


LINE = "ada,double,points,4,grace,2026-11-29,Why not."


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param(LINE.replace("4", "four", 1), "four is no number", id="no number"),
        pytest.param(LINE.replace(",4,", ",,"), "nothing is no number", id="an empty number"),
        pytest.param(LINE.replace("4", "nan", 1), "nan makes no sense", id="nan"),
        pytest.param(LINE.replace("4", "1e300", 1), "makes no sense", id="far too many points"),
        pytest.param(LINE.replace("4", "-4", 1), "-4 makes no sense", id="fewer than no points"),
        pytest.param(LINE.replace("points", "pionts"), "Did you mean points?", id="no such action"),
        pytest.param(LINE.replace("points", "excuse"), "excuse has a value, 4", id="a value for nothing"),
        pytest.param(LINE.replace("points", "late-days"), "late days are whole", id="days of a function"),
        pytest.param(LINE.replace("grace", " "), "who decided it", id="nobody decided it"),
        pytest.param(LINE.replace("Why not.", ""), "does not say why", id="no reason"),
        pytest.param(LINE.replace("2026-11-29", ""), "Write the date, as 2026-11-29, into", id="no time"),
        pytest.param(
            "ada,double,pionts,4,,,", "pionts is no action", id="no action before nobody and no time"
        ),
        pytest.param(
            "ada,double,points,four,,,", "four is no number", id="no number before nobody and no time"
        ),
        pytest.param("ada,double,points,4,,,", "Write your name into", id="nobody, no time and no reason"),
        pytest.param(LINE.replace("2026-11-29", "29.11.2026"), "29.11.2026 is no date", id="no date"),
        pytest.param(LINE.replace("ada", ""), "whose mark it is about", id="of nobody"),
        pytest.param('ada,"double', "it is not CSV", id="an open quote"),
    ],
)
def test_nonsense_is_refused_with_its_line_and_what_to_do(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(f"{HEADING}{LINE}\n{line}\n")
    with pytest.raises(AdjustmentError) as refusal:
        adjustments_in(tmp_path)
    problem, keystroke = str(refusal.value).split("\n")
    assert problem.startswith(f"{tmp_path / NAME}, line ")
    assert says in str(refusal.value)
    assert keystroke.startswith("  ")


def test_a_file_without_a_reason_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("student,action,value,by,when\nada,points,1,me,2026-11-29\n")
    with pytest.raises(AdjustmentError, match="line 1: it has no column because"):
        adjustments_in(tmp_path)


def test_a_function_is_not_lost_where_the_file_has_no_column_for_it(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("student,action,value,by,when,because\n")
    write(tmp_path, one(function=""))
    before = (tmp_path / NAME).read_bytes()
    with pytest.raises(AdjustmentError, match="it has no column function"):
        write(tmp_path, ADA)
    assert (tmp_path / NAME).read_bytes() == before


def test_nothing_is_added_to_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(f"{HEADING}zo\xeb,,excuse,,me,2026-11-29,ill\n".encode("cp1252"))
    assert [adjustment.student for adjustment in adjustments_in(tmp_path)] == ["zoë"]
    with pytest.raises(AdjustmentError, match="save it as CSV in UTF-8"):
        write(tmp_path, ADA)


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, ADA)
    before = (tmp_path / NAME).read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("grader.results.adjustments.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path, ADA)
    assert (tmp_path / NAME).read_bytes() == before


def _append_many(folder: Path, name: str, count: int) -> None:
    for number in range(count):
        write(folder, one(student=name, value=number))


def test_two_people_who_adjust_at_once_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    people = [context.Process(target=_append_many, args=(tmp_path, name, 50)) for name in ("ada", "bob")]
    for person in people:
        person.start()
    for person in people:
        person.join()
        assert person.exitcode == 0
    written = adjustments_in(tmp_path)
    for name in ("ada", "bob"):
        assert [each.value for each in written if each.student == name] == [*range(50)]


# ---------------------------------------------------------------- which of them count


def test_of_two_about_the_same_thing_the_later_counts() -> None:
    first, other, days = one(value=1), one(function="", action="add"), one(function="", action="late-days")
    assert in_force([first, other, days, ADA]) == {"ada": (ADA, other, days)}


def test_an_undo_takes_back_what_it_names_and_nothing_else() -> None:
    days, whole = one(function="", action="late-days"), one(function="", action="excuse")
    undone = one(function="", action="undo")
    assert in_force([ADA, days, whole, undone]) == {"ada": (ADA,)}
    assert in_force([ADA, one(action="undo")]) == {"ada": ()}
    assert in_force([undone, whole]) == {"ada": (whole,)}


@pytest.mark.parametrize(
    ("student", "function", "says"),
    [
        pytest.param("adda", "double", "no submission adda\n  Did you mean ada?", id="a student"),
        pytest.param("ada", "duoble", "no function duoble\n  Did you mean double?", id="a function"),
    ],
)
def test_an_adjustment_for_nobody_names_who_is_near(
    student: str, function: str, says: str, tmp_path: Path
) -> None:
    write(tmp_path, ADA, one(student=student, function=function))
    with pytest.raises(AdjustmentError) as refusal:
        check_known(tmp_path / NAME, ["ada", "bob"], ["double"])
    assert f"{NAME}, line 3: there is {says}" in str(refusal.value)


@pytest.mark.parametrize("text", ["", " \n ", "x" * 3000])
def test_a_reason_that_cannot_be_shown_whole_is_refused(text: str) -> None:
    with pytest.raises(AdjustmentError, match="Say it in a sentence"):
        in_words(text, "The reason")


def test_numbers_stay_what_they_are(tmp_path: Path) -> None:
    write(tmp_path, one(action="add", value=-2.5))
    assert math.isclose(adjustments_in(tmp_path)[0].value, -2.5)
