"""Read otter source notebooks, whose raw cells delimit questions, solutions and tests."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from grader.importers.beside import files_beside, identifier
from grader.importers.notebook_files import notebooks_below, read_each
from grader.importers.otter_markers import has_answers, with_markers, without_ignored
from grader.importers.otter_points import number_of, shared
from grader.importers.otter_tests import Question, Test, given_tests, pieces_of, without_calls
from grader.importers.source import Listed, Piece, Read, Role, SourceCell, SourceNotebook, Unreadable
from grader.models.submission import Cell
from grader.notebooks.reader import joined, plain
from grader.notebooks.statements import Broken, parse_cell, read_when_run

DELIMITER = re.compile(
    r"\s*(?:```+[ ]*otter\s+)?#[ ]*(ASSIGNMENT CONFIG|(?:BEGIN|END) (?:QUESTION|SOLUTION|TESTS|PROMPT))\b",
    re.IGNORECASE,
)
LEFT_OUT = re.compile(r"\s*#[ ]*IGNORE[ \t]*(?:\n|$)", re.IGNORECASE)
UNWRITTEN = re.compile(r"(?<![\w.\[,])\.\.\.(?![\w.\],])")
"""The dots that otter leaves for an answer."""

HIDDEN = re.compile(r"#[^\n]{0,100}\bhidden\b[^\n]{0,100}(?:\n|$)", re.IGNORECASE)
TEST_CONFIG = re.compile(
    r'\s*(?:\w\s*=\s*)?"""?"?\s*#\s*BEGIN\s*TEST\s*CONFIG[^\n]*\n(?P<yaml>.{0,9999}?)^"""?"?\s*#\s*END\s*TEST\s*CONFIG[^\n]*\n?',
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)


def recognises(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook has otter's delimiters, or tests of otter in its metadata."""
    cells = notebook.get("cells", ())
    return any(_delimiter(cell) for cell in cells) or bool(given_tests(notebook, None))


def read(path: Path) -> Iterator[Read]:
    """Read the otter notebooks of a folder, or one notebook.

    Args:
        path: the folder or the file.

    Returns:
        an iterator of notebooks, or of what is wrong with each.
    """

    def read_one(file: Path, notebook: Mapping[str, Any]) -> Read | None:
        is_otters = recognises(notebook) or given_tests(notebook, file.parent)
        return notebook_of(file, notebook) if is_otters else None

    return read_each(notebooks_below(path), read_one)


def notebook_of(file: Path, notebook: Mapping[str, Any]) -> Read:
    """Return a notebook as a source.

    Args:
        file: its path.
        notebook: what is in it.

    Returns:
        the source, or what is wrong with it.
    """
    language = _language(notebook.get("metadata"))
    if language != "python":
        return Unreadable(str(file), f"it is written in {language}, not in Python")
    reader = _Reader(file, given_tests(notebook, file.parent))
    for number, cell in enumerate(notebook["cells"], 1):
        reader.take(number, cell)
    if not reader.answered:
        return Unreadable(str(file), "it has no solutions: is it the notebook that students receive?")
    given = [cell for cell in reader.cells if cell.role is not Role.TEST]
    pieces = [piece.source for cell in reader.cells if cell.role is Role.TEST for piece in cell.pieces]
    beside = files_beside(file, given, pieces)
    named = {
        str(one)
        for key in ("files", "student_files", "autograder_files")
        for one in reader.config.get(key) or ()
    }
    texts = "\n".join(cell.source for cell in reader.cells)
    return SourceNotebook(
        name=identifier(str(reader.config.get("name") or file.stem)),
        path=str(file),
        cells=tuple(reader.cells),
        notebook=file.name,
        modules=beside.modules,
        helpers={name: text for name, text in beside.helpers.items() if not name.startswith("tests/")},
        data={name: data for name, data in beside.data.items() if name in named or name in texts},
        listed=(*_seeds(reader.config), *reader.listed),
    )


def _language(metadata: object) -> str:
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    return str(kernel.get("language") or "python").lower() if isinstance(kernel, dict) else "python"


def _seeds(config: Mapping[str, Any]) -> Iterator[Listed]:
    seed = config.get("seed")
    if not isinstance(seed, dict):
        return
    name = seed.get("variable")
    if name and seed.get("student_value") not in (None, seed.get("autograder_value")):
        yield Listed(
            1,
            f"seed {name}",
            yaml.safe_dump({"seed": seed}),
            f"otter gives students another {name} than it grades with",
            f"Hand out {name} = {seed.get('autograder_value')}: what is drawn with it is compared.",
        )


class _Reader:
    """Reads cells in order; `block` is the one that has begun, `question` what configures its question."""

    def __init__(self, file: Path, tests: Mapping[str, Question]) -> None:
        self.file = file
        self.given = tests
        self.config: dict[str, Any] = {}
        self.cells: list[SourceCell] = []
        self.listed: list[Listed] = []
        self.question: dict[str, Any] | None = None
        self.block = ""
        self.tests: list[Test] = []
        self.begins = 0
        self.answered = False

    def take(self, number: int, cell: Mapping[str, Any]) -> None:
        """Read one cell."""
        source = plain(joined(cell.get("source")) or "")
        if delimiter := _delimiter(cell):
            self._delimit(number, delimiter, _configuration(source))
        elif LEFT_OUT.match(source):
            return
        elif cell.get("cell_type") == "code":
            self._code(number, source, cell)
        else:
            self._text(number, source, cell)

    def _delimit(self, number: int, delimiter: str, config: dict[str, Any]) -> None:
        if delimiter == "ASSIGNMENT CONFIG":
            self.config = {**_file_of(self.file, config), **config}
        elif delimiter == "BEGIN QUESTION":
            self.question, self.tests, self.begins = config, [], len(self.cells)
        elif delimiter == "END QUESTION":
            self._end_question(number)
        else:
            begins, _, name = delimiter.partition(" ")
            self.block = name if begins == "BEGIN" else ""

    def _code(self, number: int, source: str, cell: Mapping[str, Any]) -> None:
        if self.block == "TESTS":
            self.tests.append(_test(number, source, cell))
            return
        answers = has_answers(source)
        code, checked = without_calls(source if answers else without_ignored(source))
        if answers:
            manual = self.question is not None and bool(self.question.get("manual"))
            role = Role.MANUAL if manual else Role.SOLUTION
            self.answered = True
            name = str((self.question or {}).get("name") or "")
            self.cells.append(SourceCell(number, role, with_markers(code), grade_id=name))
        elif code.strip():
            self.cells.append(SourceCell(number, Role.CODE, code))
        for name in checked:
            if name in self.given:
                self._check(number, self.given[name], name)

    def _text(self, number: int, source: str, cell: Mapping[str, Any]) -> None:
        tags = cell.get("metadata", {}).get("tags") or ()
        if self.block != "SOLUTION" or "otter_include" in tags:
            self.cells.append(SourceCell(number, Role.TEXT, source))
            return
        self.answered = True
        answer = Piece(source, hidden=True)
        asked = next((i for i in range(len(self.cells) - 1, self.begins - 1, -1) if self._is_text(i)), None)
        if asked is None:
            asked = len(self.cells)
            self.cells.append(
                SourceCell(number, Role.TEXT, f"Question {(self.question or {}).get('name', '')}")
            )
        self.cells[asked] = dataclasses.replace(self.cells[asked], pieces=(*self.cells[asked].pieces, answer))

    def _check(self, number: int, question: Question, name: str) -> None:
        """Add tests that are outside of the notebook; unmarked cells that set what they read are answers."""
        texts = [piece.source for test in question.tests for piece in pieces_of(test.code, "", hidden=False)]
        read = frozenset[str]().union(*map(read_when_run, texts))
        for at, cell in enumerate(self.cells):
            if at >= self.begins and cell.role is Role.CODE and read & _set_in(cell.source):
                self.cells[at] = dataclasses.replace(cell, role=Role.SOLUTION, grade_id=name)
                self.answered = self.answered or UNWRITTEN.search(cell.source) is None
        self._add_tests(name, question.config, [test._replace(number=number) for test in question.tests])
        self.begins = len(self.cells)

    def _is_text(self, at: int) -> bool:
        return self.cells[at].role is Role.TEXT

    def _end_question(self, number: int) -> None:
        question, self.question, self.block = self.question or {}, None, ""
        name = str(question.get("name") or f"question_{number}")
        if question.get("manual"):
            self._manual(name, question)
        elif self.tests:
            self._add_tests(name, question, self.tests)

    def _manual(self, name: str, question: Mapping[str, Any]) -> None:
        """Give the points of a question that a person marks to its first code, or else to its text."""
        places = range(self.begins, len(self.cells))
        code = [i for i in places if self.cells[i].role is Role.MANUAL]
        texts = [i for i in places if self._is_text(i)]
        if not code and not texts:
            return
        at = code[0] if code else next((i for i in texts if self.cells[i].pieces), texts[0])
        role = Role.MANUAL if code else Role.QUESTION
        points = number_of(question.get("points")) or 0.0
        cell = self.cells[at]
        self.cells[at] = dataclasses.replace(cell, role=role, name=name, grade_id=name, points=points)
        for i in code[1:]:
            self.cells[i] = dataclasses.replace(self.cells[i], role=Role.SOLUTION)

    def _add_tests(self, name: str, question: Mapping[str, Any], tests: Sequence[Test]) -> None:
        points = shared(question.get("points"), [test.points for test in tests])
        made = [
            SourceCell(
                number=test.number,
                role=Role.TEST,
                source=test.source,
                name=f"{name} - {i}",
                points=worth,
                pieces=pieces_of(test.code, test.output, test.hidden),
            )
            for i, (test, worth) in enumerate(zip(tests, points, strict=True), 1)
        ]
        if question.get("all_or_nothing") and made:
            made = [
                dataclasses.replace(
                    made[0],
                    name=name,
                    source="\n\n".join(cell.source for cell in made),
                    points=sum(points),
                    pieces=tuple(piece for cell in made for piece in cell.pieces),
                )
            ]
        self.cells += made


def _delimiter(cell: Mapping[str, Any]) -> str:
    """Return which delimiter a raw cell, or a Markdown cell in its place, is; nothing if it is none."""
    if cell.get("cell_type") not in ("raw", "markdown"):
        return ""
    source = joined(cell.get("source")) or ""
    if cell.get("cell_type") == "markdown" and "otter" not in source[:20]:
        return ""
    found = DELIMITER.match(source)
    return found[1].upper() if found else ""


def _configuration(source: str) -> dict[str, Any]:
    """Return what a delimiter configures, or nothing if it is not YAML."""
    text = "\n".join(line for line in source.split("\n") if not line.startswith("```"))
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return config if isinstance(config, dict) else {}


def _file_of(file: Path, config: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the file says that a configuration names."""
    name = config.get("config_file")
    try:
        return _configuration((file.parent / str(name)).read_text(encoding="utf-8")) if name else {}
    except (OSError, UnicodeDecodeError):
        return {}


def _set_in(source: str) -> frozenset[str]:
    found = parse_cell(Cell(1, source))
    return (
        frozenset()
        if isinstance(found, Broken)
        else frozenset(name for piece in found for name in piece.binds)
    )


def _test(number: int, source: str, cell: Mapping[str, Any]) -> Test:
    code, config = source, dict[str, Any]()
    hidden = HIDDEN.match(code.lstrip())
    if hidden:
        code = code.lstrip()[hidden.end() :]
    elif found := TEST_CONFIG.match(code):
        config, code = _configuration(found["yaml"]), code[found.end() :]
    outputs = cell.get("outputs")
    return Test(
        number,
        source,
        code,
        "".join(_displayed(one) for one in outputs) if isinstance(outputs, list) else "",
        bool(config.get("hidden", hidden)),
        number_of(config.get("points")),
    )


def _displayed(output: object) -> str:
    if not isinstance(output, dict):
        return ""
    data = output.get("data")
    shown = joined(data.get("text/plain")) if isinstance(data, dict) else None
    return (joined(output.get("text")) or "") + (shown or "")
