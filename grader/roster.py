"""Reads who is in a class from a CSV: of one's own, or as Canvas, Moodle and Gradescope export it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.errors import RosterError
from grader.model import Student

MAX_FILE = 20 << 20
DELIMITERS = ",;\t"
_FIRST_LINE = 100_000

# Heading, in small letters and digits alone -> what the column has.
_COLUMNS = {
    "id": "id", "studentid": "id", "studentnumber": "id", "sid": "id",
    "sisuserid": "sis", "idnumber": "sis", "sisid": "sis",
    "sisloginid": "login", "loginid": "login", "login": "login", "netid": "login", "username": "login",
    "identifier": "moodle",
    "email": "email", "emailaddress": "email", "mail": "email",
    "student": "name", "name": "name", "fullname": "name", "studentname": "name",
    "firstname": "first", "givenname": "first",
    "lastname": "last", "surname": "last", "familyname": "last",
    "section": "section", "sections": "section", "group": "section", "groups": "section",
    "role": "role",
}  # fmt: skip
_IDS = ("id", "login", "sis", "email", "moodle", "canvas")
_KEYS = ("canvas", "sis", "login", "moodle")


def read_roster(path: Path) -> tuple[Student, ...]:
    """The students of a class, in the order of a CSV in UTF-8 whose first line has the names of its columns.

    The id of a student is the first there is of: id, login, SIS id, e-mail address, number of Moodle or
    Canvas. Canvas's rows of points and its test student, and Gradescope's staff, are left out.

    Raises:
        RosterError: it cannot be read, has no column with ids, or a row without an id or with another's.
    """
    rows = read_rows(path)
    _, headings = next(rows, (1, []))
    columns = _columns(headings)
    if not set(columns) & set(_IDS):
        raise RosterError(
            f"{path}: no column with ids among {', '.join(filter(None, headings)) or 'none'}\n"
            "  Name the columns in the first line; one of them id, username, SID or email."
        )
    lines: dict[str, int] = {}
    students = []
    for line, row in rows:
        _check_width(path, line, row, headings)
        fields = {field: row[i].strip() for field, i in columns.items() if i < len(row)}
        if _is_student(fields):
            student = _student(path, line, fields)
            first = lines.setdefault(student.id.casefold(), line)
            if first != line:
                raise RosterError(
                    f"{path}, line {line}: {student.id} stands in line {first} already\n"
                    "  Give every student an id of their own, or delete one of the two lines."
                )
            students.append(student)
    if not students:
        raise RosterError(f"{path}: no students in it\n  Write one line for each student below the first.")
    return tuple(students)


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, each with the number of the line that it ends on."""
    text = _text(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        raise RosterError(
            f"{path}, line {reader.line_num}: it is not CSV ({error})\n  Export the roster again as CSV."
        ) from None


def _delimiter(text: str) -> str:
    """The sign that parts the first line into most cells."""
    first = text.split("\n", 1)[0][:_FIRST_LINE]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
        if len(data) > MAX_FILE:
            raise RosterError(f"{path}: it is larger than {MAX_FILE >> 20} MB\n  Name the CSV of one class.")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}\n  Name a CSV of the class.") from None
    except UnicodeDecodeError as error:
        raise RosterError(
            f"{path}: it is not text in UTF-8 (byte {error.start})\n  Save it as CSV in UTF-8."
        ) from None


def _columns(headings: list[str]) -> dict[str, int]:
    """What each column has, as far as it is known; of two with the same, the first."""
    plain = [re.sub(r"[^a-z0-9]", "", heading.casefold()) for heading in headings]
    meaning = {**_COLUMNS, "id": "canvas"} if {"student", "id", "section"} <= set(plain) else _COLUMNS
    known = [(meaning[heading], i) for i, heading in enumerate(plain) if heading in meaning]
    return dict(reversed(known))


def _check_width(path: Path, line: int, row: list[str], headings: list[str]) -> None:
    if any(cell.strip() for cell in row[len(headings) :]):
        raise RosterError(
            f"{path}, line {line}: {len(row)} cells below {len(headings)} headings\n"
            "  Put a cell that has the separator in it between quotes."
        )


def _is_student(fields: Mapping[str, str]) -> bool:
    """Whether a row is a student's: Canvas has rows of its own, and Gradescope has the staff too."""
    of_canvas = "canvas" in fields and (not fields["canvas"] or fields.get("name") == "Student, Test")
    return not of_canvas and fields.get("role", "").casefold() in {"", "student"}


def _student(path: Path, line: int, fields: Mapping[str, str]) -> Student:
    known = dict(fields)
    if "moodle" in known:
        known["moodle"] = re.sub(r"\D", "", known["moodle"])  # of "Participant 12345"
    chosen = next((known[field] for field in _IDS if known.get(field)), None)
    if chosen is None:
        raise RosterError(
            f"{path}, line {line}: a student without an id\n  Write the id into the line, or delete the line."
        )
    return Student(
        chosen,
        known.get("name") or f"{known.get('first', '')} {known.get('last', '')}".strip(),
        known.get("email", ""),
        known.get("section", ""),
        {key: known[key] for key in _KEYS if known.get(key)},
    )
