"""The terminal shows a class or a submission in tables that fit it."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from rich.console import Console
from samples import CLASS, GRADED, HOSTILE, RIGHT, UNREADABLE, WRONG, filled_with

from grader.comparison.verdict import Verdict
from grader.reports import wording
from grader.reports.sanitize import one_line
from grader.reports.summary import Tally
from grader.reports.terminal import REASONS, class_table, submission_view, tally_table


def printed(renderable, width=80, terminal=False):
    out = io.StringIO()
    Console(
        file=out, width=width, force_terminal=terminal, color_system="truecolor" if terminal else None
    ).print(renderable)
    return out.getvalue()


def tally(reports):
    numbers = Tally()
    assert list(numbers.counting(reports)) == reports
    return numbers


def test_a_class_is_a_table_with_a_sign_and_points_for_each_function():
    lines = printed(class_table(CLASS)).splitlines()
    assert lines[0].split() == ["submission", "1", "2", "points", "status"]
    assert lines[1].split() == ["ann", "✗", "0", "✓7.5", "7.5/17.5", "graded"]
    assert lines[2].split() == ["bob", "unreadable"]
    assert lines[3].split() == ["eve", "not", "graded"]
    assert ["1", "backward", "2", "model"] in [line.split() for line in lines]


def test_a_table_says_why_a_submission_has_no_mark():
    text = " ".join(printed(class_table(CLASS), 200).split())
    for report in CLASS:
        assert (" ".join(report.notes[0].split()) in text) == (report.status != "graded")


@pytest.mark.parametrize("width", [80, 120])
def test_ten_functions_fit_the_terminal_and_only_long_ids_are_cut(width):
    exercises = tuple(replace(RIGHT, name=f"function_{i}", points=10) for i in range(10))
    report = replace(GRADED, id="a" * 90, points=100, max_points=100, exercises=exercises)
    lines = printed(class_table([report]), width).splitlines()
    assert max(map(len, lines)) <= width
    assert "…" in lines[1]
    assert lines[1].split()[1:] == ["✓10"] * 10 + ["100/100", "graded"]


@pytest.mark.parametrize("count", [11, 18, 60])
@pytest.mark.parametrize("terminal", [True, False], ids=["a terminal", "a pipe"])
def test_any_number_of_functions_fits_in_tables_below_each_other_with_readable_ids(count, terminal):
    exercises = tuple(replace(RIGHT, name=f"function_{i}", points=7.5) for i in range(1, count + 1))
    names = ("lovelace-augusta", "hopper-grace")
    reports = [replace(GRADED, id=name, late=True, exercises=exercises) for name in names]
    lines = printed(class_table(reports), 80, terminal).splitlines()
    table = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines[: len(lines) - 2]]
    assert max(map(len, table)) <= 80
    headings = [word for line in table if line.startswith("submission") for word in line.split()[1:]]
    assert headings == [*map(str, range(1, count + 1)), "points", "status"]
    for name in names:
        row = [word for line in table if line.startswith(f"{name} ") for word in line.split()[1:]]
        assert row == ["✓7.5"] * count + ["7.5/17.5", "graded,", "late"]


def test_a_submission_is_shown_with_verdict_place_message_hint_and_cause():
    text = printed(submission_view(GRADED))
    for part in (
        "ann.ipynb   7.5 of 17.5",
        "✗ backward    0 of 10  wrong value",
        "    cell 12, line 19",
        "    dW is wrong in 1 of 4 elements.",
        "    Hint: Is the 1/m missing?",
        "✓ model     7.5 of 7.5  passed",
        "    backward is wrong; this function is right by itself and loses nothing.",
        "    Cell 3 was left out: it has a magic.",
    ):
        assert part in text


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_is_told_without_colour(verdict):
    report = replace(GRADED, exercises=(replace(WRONG, verdict=verdict),))
    assert wording.WORDINGS[verdict].words in printed(submission_view(report))
    assert wording.WORDINGS[verdict].sign in printed(class_table([report]))


def test_an_unreadable_file_is_told_why():
    assert "bob.ipynb is a web page, not a notebook." in printed(submission_view(UNREADABLE))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_stays_text(text):
    report = filled_with(text)
    for renderable in (class_table([report]), submission_view(report)):
        piped = printed(renderable)
        assert max(map(len, piped.splitlines())) <= 80
        assert all(character.isprintable() or character == "\n" for character in piped)
    assert one_line(text) in printed(submission_view(report), width=5_000)


def test_a_table_says_who_was_late_and_who_handed_in_nothing():
    absent = replace(UNREADABLE, id="zoe", file="", status="not_submitted", notes=())
    lines = printed(class_table([replace(GRADED, late=True), absent])).splitlines()
    assert lines[1].split()[-2:] == ["graded,", "late"]
    assert lines[2].split() == ["zoe", "not", "submitted"]


def test_a_terminal_gets_colours_and_a_pipe_gets_none():
    assert "\x1b[" in printed(class_table(CLASS), terminal=True)
    assert "\x1b[" not in printed(class_table(CLASS))


def test_a_large_class_is_shown_in_numbers():
    lines = printed(
        tally_table(tally([GRADED] * 1200 + [replace(GRADED, exercises=(RIGHT,))] * 300))
    ).splitlines()
    assert lines[0].split("  ")[0] == "function"
    assert [line.split() for line in lines[1:-1]] == [
        ["backward", "0", "1,200", "0", "0", "0.0/10"],
        ["model", "1,500", "0", "0", "0", "7.5/7.5"],
    ]
    assert lines[-1] == "✓ passed   ✗ wrong   ! did not run   – not written yet"


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_column_in_the_numbers_of_a_class(verdict):
    text = printed(tally_table(tally([replace(GRADED, exercises=(replace(WRONG, verdict=verdict),))])))
    heads = text.splitlines()[0].split()[1:-1]
    counts = text.splitlines()[1].split()[1:-1]
    assert counts.count("1") == 1
    assert heads[counts.index("1")] == wording.WORDINGS[verdict].sign


@pytest.mark.parametrize("more", [0, 1, 7])
def test_the_first_submissions_without_a_mark_are_named(more):
    unreadable = [replace(UNREADABLE, notes=(f"s{i}.ipynb: it is empty.",)) for i in range(REASONS + more)]
    lines = printed(tally_table(tally([GRADED, *unreadable])), 120).splitlines()
    assert sum(line.endswith(".ipynb: it is empty.") for line in lines) == REASONS
    assert (lines[-1] == f"and {more} more; see the notes in grades.csv") == bool(more)


def test_the_numbers_of_a_class_are_told_in_a_line():
    absent = replace(UNREADABLE, status="not_submitted")
    assert str(tally([GRADED] * 1000 + [UNREADABLE] * 2)) == "1,000 graded, 2 unreadable"
    assert str(tally([UNREADABLE, absent])) == "0 graded, 1 unreadable, 1 not submitted"
    assert str(tally([GRADED])) == "1 graded"


# ---------------------------------------------------------------- what is looked for stands last


def test_what_is_to_be_mended_stands_last_and_what_waits_for_it_before():
    verdicts = {"a": Verdict.WRONG_VALUE, "b": Verdict.PASSED, "c": Verdict.NOT_ATTEMPTED}
    scores = [replace(WRONG, name=name, verdict=verdict) for name, verdict in verdicts.items()]
    untold = replace(WRONG, name="d", cause="a")
    lines = printed(submission_view(replace(GRADED, exercises=(untold, *scores)))).splitlines()
    heads = [line.split()[1] for line in lines if line[:1] in {"✗", "✓", "–", "?"}]
    assert heads == ["b", "d", "c", "a"]


def test_what_has_no_mark_stands_last_with_the_reasons_below_all():
    lines = printed(class_table([UNREADABLE, GRADED])).splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["ann", "bob"]
    assert lines[-1].startswith("bob.ipynb")


def names_in(lines, count):
    return [line.split()[0] for line in lines[1 : count + 1]]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_long_ids_that_begin_alike_are_not_shown_alike(width):
    ids = [f"01b_old_names_with_comments_student_{i}" for i in range(1, 12)]
    exercises = tuple(replace(RIGHT, name=f"function_{i}", points=10) for i in range(10))
    reports = [replace(GRADED, id=name, exercises=exercises) for name in ids]
    shown = names_in(printed(class_table(reports), width).splitlines(), len(ids))
    assert len({*shown}) == len(ids)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_functions_that_begin_alike_are_not_shown_alike(width):
    names = ["initialize_parameters", "initialize_parameters_deep", "initialize_parameters_with_zeros"]
    exercises = tuple(replace(RIGHT, name=name) for name in names)
    lines = printed(tally_table(tally([replace(GRADED, exercises=exercises)])), width).splitlines()
    shown = names_in(lines, len(names))
    assert len({*shown}) == len(names)
    assert width < 80 or shown == names
    assert max(map(len, lines[: len(names) + 1])) <= width


def test_an_example_of_several_lines_can_be_copied():
    example = "double(np.array([1.]))\ny, yours: [1]\ny, expected: [2]"
    text = printed(submission_view(replace(GRADED, exercises=(replace(WRONG, example=example),))))
    lines = [line.rstrip() for line in text.splitlines()]
    at = lines.index("    Smallest example:")
    assert lines[at + 1 : at + 4] == [f"    {line}" for line in example.splitlines()]
