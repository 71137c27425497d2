"""Read the students of a class from a CSV: an own one, or an export of Canvas, Moodle or Gradescope."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader.errors import RosterError
from grader.models.submission import Student

MAX_FILE = 20 << 20
DELIMITERS = ",;\t"
_FIRST_LINE = 100_000
_SEPARATOR = re.compile(r"\"?sep=([,;\t])\"?[ \t]*\r?\n?")

# Heading, reduced to small letters and digits -> the column. Moodle's headings depend on its language.
_COLUMNS = {
    heading: column
    for column, headings in {
        "id": """id ids studentid studentnumber studentno sid matriculationnumber matrikelnummer matrikelnr
            numeroetudiant numerodetudiant matricula numerodeestudiante""",
        "sis": "sisuserid sisid idnumber idnummer numerodidentification numerodeid",
        "login": """sisloginid loginid login netid username benutzername anmeldename nomdutilisateur
            identifiantdeconnexion nombredeusuario usuario""",
        "moodle": "identifier participant teilnehmerin teilnehmer identifiant identificador",
        "email": """email emailaddress mail emailadresse adressedecourriel adressemail adresseemail courriel
            direcciondecorreo direcciondeemail correo correoelectronico""",
        "name": """student name fullname studentname displayname vollstandigername nomcomplet nombrecompleto
            nombreyapellidos""",
        "first": "firstname givenname vorname prenom nombre",
        "last": "lastname surname familyname nachname nom nomdefamille apellido apellidos",
        "section": "section sections group groups gruppe gruppen groupe groupes grupo grupos",
        "role": "role rolle",
    }.items()
    for heading in headings.split()
}
_IDS = ("id", "login", "sis", "email", "moodle", "canvas")
_KEYS = ("canvas", "sis", "login", "moodle")


def read_roster(path: Path) -> tuple[Student, ...]:
    """Return the students of a class, in the order of a CSV with column names in its first line.

    A list without such a line is one of ids. The id of a student is the first of: id, login, SIS id, e-mail
    address, number in Moodle or Canvas. Canvas's rows of points and its test student, and Gradescope's staff,
    are left out.

    Raises:
        RosterError: it cannot be read, has no column with ids, or a row has no id or a repeated one.
    """
    rows = read_rows(path)
    top = next(rows, (1, []))
    headings = top[1]
    columns = _columns(headings)
    if not columns and len(headings) == 1:
        rows, headings, columns = itertools.chain([top], rows), ["id"], {"id": 0}
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


def compared(path: Path) -> Mapping[str, str]:
    """Return the headings of the columns that identify students, each with the first of its cells."""
    _, headings = next(read_rows(path), (1, []))
    columns = {field: i for field, i in _columns(headings).items() if field not in {"section", "role"}}
    if not columns:  # a list of ids
        return {"the id": headings[0]}
    rows = [row for _, row in itertools.islice(read_rows(path), 1, 20)]
    cells = {
        headings[i]: next((row[i] for row in rows if row[i:] and row[i].strip()), "")
        for i in sorted(columns.values())
    }
    return {heading: cell.strip() for heading, cell in cells.items() if cell}


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its last line."""
    text = _text(path)
    said = _SEPARATOR.match(text)  # Excel's line that names the delimiter
    sign = delimiter_of(text)
    if said:
        text = text[said.end() :]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    skipped = 1 if said else 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num + skipped, row
    except csv.Error as error:
        line = reader.line_num + skipped
        raise RosterError(
            f"{path}, line {line}: it is not CSV ({error})\n  Export the roster again as CSV."
        ) from None


def delimiter_of(text: str) -> str:
    """Return the delimiter that a table names, or the one that splits its first line into most cells."""
    if said := _SEPARATOR.match(text):
        return said[1]
    first = text.lstrip().split("\n", 1)[0][:_FIRST_LINE]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}\n  Name a CSV of the class.") from None
    if len(data) > MAX_FILE:
        raise RosterError(f"{path}: it is larger than {MAX_FILE >> 20} MB\n  Name the CSV of one class.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise RosterError(f"{path}: it is a spreadsheet, not CSV\n  Open it, and save it as CSV.")
    return _decoded(path, data)


def _decoded(path: Path, data: bytes) -> str:
    """Decode a CSV as Excel saves it: UTF-8, UTF-16 or, on Windows, the western code page."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            if "\0" not in text:
                return text
    raise RosterError(f"{path}: it is not text\n  Save it as CSV in UTF-8.")


def _columns(headings: list[str]) -> dict[str, int]:
    """Return the index of each known column; of repeated ones, the first."""
    plain = [*map(_plain, headings)]
    meaning = {**_COLUMNS, "id": "canvas"} if {"student", "id", "section"} <= set(plain) else _COLUMNS
    known = [(meaning[heading], i) for i, heading in enumerate(plain) if heading in meaning]
    return dict(reversed(known))


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", heading).casefold())


def _check_width(path: Path, line: int, row: list[str], headings: list[str]) -> None:
    if any(cell.strip() for cell in row[len(headings) :]):
        raise RosterError(
            f"{path}, line {line}: {len(row)} cells below {len(headings)} headings\n"
            "  Put a cell that has the separator in it between quotes."
        )


def _is_student(fields: Mapping[str, str]) -> bool:
    """Return whether a row is a student's: Canvas adds rows of its own, Gradescope the staff."""
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
