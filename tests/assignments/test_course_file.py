"""course.toml says when work is due and what late work loses; what makes no sense is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.assignments.course_file import (
    CourseFile,
    course_title,
    hints_of,
    late_policy_of,
    of_no_assignment,
    read_course_file,
)
from grader.errors import PolicyError
from grader.models.marking import LatePolicy

WHOLE = """
[late]
per_day = "10 %"    # of the points, for each day that has begun
grace = "15 min"
cap = 0.5
most_days = 7

[assignments.week1]
due = 2026-11-29T23:59:00+01:00
weight = 2

[assignments.week1.extensions]
ada = 2026-12-02T23:59:00+01:00
"bob@example.org" = "2 days"

[assignments.week2]
due = "2026-12-06T12:00:00Z"

[assignments.week3]
weight = 0.5
"""

DUE = "due = 2026-11-29T23:59:00+01:00"


def read(folder: Path, text: str) -> CourseFile:
    path = folder / "course.toml"
    path.write_text(text, encoding="utf-8")
    return read_course_file(path)


@pytest.mark.parametrize("level", ["none", "place", "kind", "edit"])
def test_it_says_how_much_is_told_of_where_a_mistake_is(tmp_path: Path, level: str) -> None:
    assert read(tmp_path, f'hints = "{level}"').hints == level
    assert hints_of(Course(tmp_path)) == level


def test_the_kind_of_a_mistake_is_told_where_it_says_nothing(tmp_path: Path) -> None:
    assert hints_of(Course(tmp_path)) == "kind"


@pytest.mark.parametrize("value", ['"all"', "true", "3"])
def test_another_level_of_hints_is_refused_with_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(
        PolicyError, match=r"course\.toml, line 2: .* is no level of hints\n  Write one of none, place"
    ):
        read(tmp_path, f'title = "A"\nhints = {value}')


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    course = read(tmp_path, WHOLE)
    rules = {"per_day": 0.1, "grace": 900.0, "cap": 0.5, "most_days": 7}
    extensions = {"ada": "2026-12-02T23:59:00+01:00", "bob@example.org": "2026-12-01T23:59:00+01:00"}
    assert course.late == {
        "week1": LatePolicy("2026-11-29T23:59:00+01:00", **rules, extensions=extensions),
        "week2": LatePolicy("2026-12-06T12:00:00+00:00", **rules),
    }
    assert course.weights == {"week1": 2, "week3": 0.5}
    assert course.lines == {"week1": 8, "week2": 16, "week3": 19}
    assert late_policy_of(Course(tmp_path), "week3") is None
    assert late_policy_of(Course(tmp_path), "week2") == course.late["week2"]


def test_a_course_may_have_a_title(tmp_path: Path) -> None:
    assert (
        read(tmp_path, 'title = "Deep Learning, autumn 2026"\n' + WHOLE).title == "Deep Learning, autumn 2026"
    )
    assert course_title(Course(tmp_path)) == "Deep Learning, autumn 2026"
    with pytest.raises(PolicyError, match=r"course\.toml, line 1: 5 is no text\n  Write it as"):
        read(tmp_path, "title = 5\n")


def test_a_line_of_a_table_of_its_own_is_named_by_its_quoted_key(tmp_path: Path) -> None:
    text = (
        f'[assignments.week1]\n{DUE}\n[assignments.week1.extensions]\nada = "1 day"\n"b.o@x.org" = "2 dyas"'
    )
    with pytest.raises(PolicyError) as refusal:
        read(tmp_path, text)
    assert str(refusal.value).startswith(f"{tmp_path / 'course.toml'}, line 5: '2 dyas' is no length of time")


def test_a_table_of_no_assignment_is_told_with_its_line(tmp_path: Path) -> None:
    read(tmp_path, WHOLE)
    [line] = of_no_assignment(tmp_path, ["week1", "week2", "week33"])
    assert line == (
        f"{tmp_path / 'course.toml'}, line 19: there is no assignment week3 yet, so that table does nothing. "
        "Did you mean week33? The course has: week1, week2, week33."
    )
    assert not [*of_no_assignment(tmp_path, ["week1", "week2", "week3"])]


@pytest.mark.parametrize("text", [None, "", "\ufeff"], ids=["no file", "empty", "a mark of bytes"])
def test_nothing_means_nothing(text: str | None, tmp_path: Path) -> None:
    course = read(tmp_path, text) if text is not None else read_course_file(tmp_path / "course.toml")
    assert course == CourseFile()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("due = 2026-11-31T23:59:00+01:00", "invalid date", id="a date that is none"),
        pytest.param('due = "next monday"', "'next monday' is no date", id="words"),
        pytest.param("due = 2026-11-29", "a date without a time", id="no time"),
        pytest.param("due = 2026-11-29T23:59:00", "has no time zone", id="no time zone"),
        pytest.param('due = "2026-11-29T23:59"', "has no time zone", id="text without a time zone"),
        pytest.param("due = 5", "5, which is no date", id="a number"),
        pytest.param("due = nine", "invalid value", id="no TOML"),
        pytest.param("weight = -1", "-1 is no weight", id="a negative weight"),
        pytest.param("weight = nan", "nan is no weight", id="no number"),
        pytest.param("weight = true", "True is no weight", id="a truth"),
        pytest.param("wieght = 1", "Did you mean weight?", id="no such setting"),
        pytest.param("extensions = 5", "extensions is no table", id="no table"),
        pytest.param('extensions = {ada = "2 days"}', "extensions, but no due date", id="no due date"),
        pytest.param(f"{DUE}\nextensions.ada = 2", "2 is no date", id="an extension of a number"),
        pytest.param(
            f'{DUE}\nextensions."ada@example.org" = "2 dyas"',
            "'2 dyas' is no length of time\n  Write \"2 days\", or",
            id="a mistyped unit of an extension",
        ),
    ],
)
def test_what_makes_no_sense_is_named_with_path_line_and_next_keystroke(
    line: str, says: str, tmp_path: Path
) -> None:
    with pytest.raises(PolicyError) as refusal:
        read(tmp_path, f'[late]\nper_day = "5 %"\n\n[assignments.week1]\n{line}\n')
    number = 5 + line.count("\n")
    problem, keystroke = str(refusal.value).split("\n")
    assert problem.startswith(f"{tmp_path / 'course.toml'}, line {number}: ")
    assert says in str(refusal.value)
    assert keystroke.startswith("  ")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("per_day = 10", '"10 %"', id="a percentage without its sign"),
        pytest.param('per_day = "120 %"', "no share", id="more than all"),
        pytest.param("cap = -0.5", "no share", id="less than nothing"),
        pytest.param("grace = 15", '"15 min"', id="minutes without a unit"),
        pytest.param("most_days = 1.5", "no number of days", id="half a day"),
        pytest.param("per_dya = 0.1", "Did you mean per_day?", id="no such setting"),
    ],
)
def test_a_late_policy_that_makes_no_sense_is_refused(line: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refusal:
        read(tmp_path, f"\n[late]\n{line}\n")
    assert f"{tmp_path / 'course.toml'}, line 3: " in str(refusal.value)
    assert says in str(refusal.value)
