"""adjustments.csv: what people decided about the marks in a results folder, each with who, when and why."""

from __future__ import annotations

import csv
import fcntl
import io
import math
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, get_args

from grader.errors import AdjustmentError, RosterError, did_you_mean
from grader.models.marking import Action, Adjustment
from grader.models.report import StoredReport
from grader.reports.sanitize import LIMIT, no_formula, one_line
from grader.reports.wording import neat
from grader.submissions.roster import delimiter_of, read_rows

NAME = "adjustments.csv"
COLUMNS = ("student", "function", "action", "value", "by", "when", "because")
OPTIONAL = frozenset({"function", "value"})
ACTIONS: tuple[Action, ...] = get_args(Action)
MOST = 1e6
"""The most points or days that are not taken for a slip."""


def adjustments_in(folder: Path) -> tuple[Adjustment, ...]:
    """Return all adjustments of a results folder, oldest first; none if nobody made any.

    Columns may be in any order, further ones are ignored, and so are blank lines.

    Raises:
        AdjustmentError: the file cannot be read, or a line of it makes no sense.
    """
    path = folder / NAME
    return tuple(adjustment for _, adjustment in numbered(path)) if path.exists() else ()


def numbered(path: Path) -> Iterator[tuple[int, Adjustment]]:
    """Yield the adjustments of a file with the numbers of their lines.

    Raises:
        AdjustmentError: see `adjustments_in`.
    """
    if not path.stat().st_size:
        return
    try:
        rows = read_rows(path)
        places = _places(path, next(rows, (1, []))[1])
        for line, row in rows:
            yield line, _adjustment(f"{path}, line {line}", _cells(row, places))
    except RosterError as error:
        problem = str(error).partition("\n")[0]
        raise AdjustmentError(f"{problem}\n  Mend it, and save it as CSV in UTF-8.") from None


def check_known(path: Path, students: Collection[str], functions: Collection[str]) -> None:
    """Check that every adjustment is of a known submission and function.

    Args:
        path: the file; it may be missing.
        students: the ids of all submissions.
        functions: the graded functions; if there are none, any is accepted.

    Raises:
        AdjustmentError: one is of nobody; the message names a similar id.
    """
    for line, one in numbered(path) if path.exists() else ():
        if one.student not in students:
            raise _nobody(f"{path}, line {line}: there is no submission {one.student}", one.student, students)
        if one.function and functions and one.function not in functions:
            raise _nobody(
                f"{path}, line {line}: there is no function {one.function}", one.function, functions
            )


def _nobody(problem: str, name: str, known: Iterable[str]) -> AdjustmentError:
    return AdjustmentError(f"{problem}\n  {did_you_mean(name, known)}Mend the line, or delete it.")


# ---------------------------------------------------------------- reading


def _places(path: Path, headings: Sequence[str]) -> dict[str, int]:
    """Return the index of each column.

    Raises:
        AdjustmentError: a column is missing.
    """
    plain = [re.sub(r"[^a-z]", "", heading.casefold()) for heading in headings]
    places = {name: plain.index(name) for name in COLUMNS if name in plain}
    for name in COLUMNS:
        if name not in places and name not in OPTIONAL:
            raise AdjustmentError(
                f"{path}, line 1: it has no column {name}\n  Let its first line be: {','.join(COLUMNS)}"
            )
    return places


def _cells(row: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {name: _unquoted(row[i].strip()) if i < len(row) else "" for name, i in places.items()}


def _adjustment(place: str, cells: Mapping[str, str]) -> Adjustment:
    _check_says(place, cells, ("student", "action"))
    action = next((known for known in ACTIONS if known == cells["action"].casefold()), None)
    if action is None:
        raise AdjustmentError(
            f"{place}: {one_line(cells['action'])} is no action\n"
            f"  {did_you_mean(cells['action'], ACTIONS)}Write one of: {', '.join(ACTIONS)}."
        )
    value = _value(place, action, cells.get("value", ""))
    _check_says(place, cells, ("by", "when", "because"))
    return checked(
        Adjustment(
            cells["student"],
            cells.get("function", ""),
            action,
            value,
            cells["by"],
            cells["when"],
            cells["because"],
        ),
        place,
    )


def _check_says(place: str, cells: Mapping[str, str], names: Iterable[str]) -> None:
    """Check that cells are not empty.

    Raises:
        AdjustmentError: one is.
    """
    for name in names:
        if not cells[name]:
            what, form = _ASKED[name]
            raise AdjustmentError(
                f"{place}: it does not say {what}\n  Write {form} into column {name} of that line."
            )


_ASKED = {
    "student": ("whose mark it is about", "the id that grades.csv has"),
    "action": ("what to do", f"one of {', '.join(ACTIONS)}"),
    "by": ("who decided it", "your name"),
    "when": ("when it was decided", "the date, as 2026-11-29,"),
    "because": ("why", "the reason, which the student reads,"),
}
"""What the cells say that may not be empty, and what to write into them."""


def _value(place: str, action: Action, text: str) -> float:
    if action in {"excuse", "undo"}:
        if text:
            raise AdjustmentError(
                f"{place}: {action} has a value, {one_line(text)}\n  Leave that cell empty."
            )
        return 0.0
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise AdjustmentError(
            f"{place}: {one_line(text) or 'nothing'} is no number\n"
            f"  Write the {'days' if action == 'late-days' else 'points'} into column value."
        ) from None


def checked(one: Adjustment, place: str) -> Adjustment:
    """Check that the numbers and the time of an adjustment make sense.

    Args:
        one: the adjustment.
        place: where it is written, for the message.

    Returns:
        the same adjustment.

    Raises:
        AdjustmentError: they do not.
    """
    if not math.isfinite(one.value) or abs(one.value) > MOST or (one.value < 0 and one.action != "add"):
        raise AdjustmentError(f"{place}: {neat_text(one.value)} makes no sense here\n  {_LEAST[one.action]}")
    if one.action == "late-days" and (one.function or one.value != int(one.value)):
        raise AdjustmentError(
            f"{place}: late days are whole, and of a whole submission\n  {_LEAST[one.action]}"
        )
    try:
        datetime.fromisoformat(one.when)
    except ValueError:
        raise AdjustmentError(
            f"{place}: {one_line(one.when)} is no date\n  Write it as 2026-11-29 or 2026-11-29T12:00+00:00."
        ) from None
    return one


def fitting(typed: Adjustment, outline: StoredReport, functions: Sequence[str]) -> Adjustment:
    """Check that what somebody decides fits a submission, and put its texts on one line each.

    Args:
        typed: the adjustment as it was typed.
        outline: the submission that it is about.
        functions: the graded functions.

    Returns:
        the adjustment.

    Raises:
        AdjustmentError: it does not fit, or makes no sense.
    """
    function = typed.function
    if function and not outline.exercises:
        raise AdjustmentError(
            f"{outline.id}: nothing was graded, so no function has points\n  Adjust the mark of the whole."
        )
    if function and function not in functions:
        raise AdjustmentError(
            f"There is no function {one_line(function)}\n"
            f"  {did_you_mean(function, functions)}Name one of: {', '.join(functions)}."
        )
    most = next(
        (score.max_points for score in outline.exercises if score.name == function), outline.max_points
    )
    if typed.action == "points" and typed.value > most:
        raise AdjustmentError(
            f"{neat_text(typed.value)} points are more than the {neat(most)} that can be earned\n"
            "  Choose to add points, to give more than that."
        )
    by, because = in_words(typed.by, "The name of who decides it"), in_words(typed.because, "The reason")
    return checked(replace(typed, by=by, because=because), "What was typed")


_LEAST: Mapping[Action, str] = {
    "points": "Write how many points it earns, 0 or more.",
    "add": "Write how many points to add, or to take off with a minus.",
    "late-days": "Write a whole number of days, 0 or more, and no function.",
}


def neat_text(value: float) -> str:
    """Return a number as text, whatever it is."""
    return str(neat(value)) if math.isfinite(value) else str(value)


# ---------------------------------------------------------------- writing


@contextmanager
def locked(folder: Path) -> Iterator[BinaryIO]:
    """Keep others from adjusting marks of a results folder, and yield its adjustments.csv.

    A missing one is made, and removed again if nothing is written into it.

    Raises:
        OSError: the file cannot be written.
    """
    path = folder / NAME
    while True:
        with path.open("ab+") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_at(path, file):
                try:
                    yield file
                finally:
                    if not os.fstat(file.fileno()).st_size and _is_at(path, file):
                        path.unlink()
                return


def _is_at(path: Path, file: BinaryIO) -> bool:
    """Return whether a file is still the one at its path: `grader regrade` replaces the folder."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def append(file: BinaryIO, path: Path, adjustments: Sequence[Adjustment]) -> None:
    """Append adjustments to a locked file, and wait until they would survive a power cut.

    The order of the columns and the delimiter of a file written by hand are kept.

    Args:
        file: what `locked` yields.
        path: its path, for messages.
        adjustments: what to append.

    Raises:
        AdjustmentError: the file lacks a column that is needed, or is not UTF-8.
        OSError: the disk is full; the file is as it was.
    """
    file.seek(0)
    there = file.read()
    is_new = not there.strip(b"\xef\xbb\xbf \t\r\n")
    headings, sign = ([*COLUMNS], ",") if is_new else _heading(path, there)
    text = io.StringIO()
    rows = csv.writer(text, delimiter=sign, lineterminator="\n")
    if there and not there.endswith(b"\n"):
        text.write("\n")
    if is_new:
        rows.writerow(headings)
    rows.writerows(_row(path, one, headings) for one in adjustments)
    try:
        if os.write(file.fileno(), data := text.getvalue().encode()) < len(data):
            raise OSError(28, "No space left on device", str(path))  # noqa: TRY301  # as a full disk says it
        os.fsync(file.fileno())
    except OSError:
        os.ftruncate(file.fileno(), len(there))
        raise


def _heading(path: Path, there: bytes) -> tuple[list[str], str]:
    """Return the headings and the delimiter of a file."""
    try:
        text = there.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AdjustmentError(f"{path}: it is not UTF-8\n  Open it, and save it as CSV in UTF-8.") from None
    headings = next(read_rows(path))[1]
    _places(path, headings)
    return [re.sub(r"[^a-z]", "", heading.casefold()) for heading in headings], delimiter_of(text)


def _row(path: Path, one: Adjustment, headings: Sequence[str]) -> list[str]:
    without_value = one.action in {"excuse", "undo"}
    cells = {
        "student": one.student, "function": one.function, "action": one.action,
        "value": "" if without_value else str(neat(one.value)),
        "by": one.by, "when": one.when, "because": one.because,
    }  # fmt: skip
    for name in OPTIONAL:
        if cells[name] and name not in headings:
            raise AdjustmentError(f"{path}, line 1: it has no column {name}\n  Add {name} to that line.")
    return [cells[name] if name == "value" else _quoted(cells.get(name, "")) for name in headings]


def in_words(text: str, what: str) -> str:
    """Put a reason or a name on one line, as it is stored.

    Args:
        text: what was typed.
        what: what to call it in a message.

    Returns:
        the line.

    Raises:
        AdjustmentError: it is empty, or too long to be shown whole.
    """
    line = one_line(text, limit=2 * LIMIT)
    if not line or len(line) > LIMIT:
        problem = "is empty" if not line else f"is longer than {LIMIT:,} characters"
        raise AdjustmentError(f"{what} {problem}\n  Say it in a sentence.")
    return line


def _quoted(text: str) -> str:
    """Return a text as a cell that no spreadsheet reads as a formula; `_unquoted` returns the text."""
    return f"'{text}" if _is_formula(text) or _unquoted(text) != text else text


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and (_is_formula(cell[1:]) or cell[1:].startswith("'")) else cell


def _is_formula(text: str) -> bool:
    return no_formula(text) != text
