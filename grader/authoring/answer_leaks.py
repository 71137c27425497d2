"""Find answers in the files that students would receive."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from grader.assignments.definition import Definition
from grader.assignments.loader import text_of
from grader.authoring.sign_offs import Remark
from grader.authoring.variants import LAST
from grader.comparison.verdict import Verdict
from grader.grading.judge import judge
from grader.grading.programs import program_of
from grader.models.assignment import Assignment, Exercise
from grader.models.execution import Statement
from grader.models.submission import Cell
from grader.notebooks.classes import attached, extends
from grader.notebooks.markers import END, START, Problem, Region, regions
from grader.notebooks.methods import method_of
from grader.notebooks.placeholders import PLACEHOLDER, without_answers
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import place_of, places, read_solution
from grader.notebooks.statements import Piece, parse_cell
from grader.notebooks.stub import is_answer, stub_of
from grader.sandbox import Sandbox

GIVEN = "a definition of it has no marked answer"
"""What is signed off of a function that students receive, and write anew below."""


def answers_handed_out(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> tuple[str, ...]:
    """Return the leaked answers of a release, each with its place and advice.

    Args:
        definition: the assignment.
        assignment: the same, with its test cases answered.
        sandbox: where stubs are run.

    Returns:
        one message for each leak. The markers are checked first; stubs are run only if these are right.
    """
    return tuple(_mismarked(definition)) or tuple(_passing(definition, assignment, sandbox))


def _mismarked(definition: Definition) -> Iterator[str]:
    """Yield wrong markers in the solution and in the modules beside it, in line order."""
    path = definition.course.solution(definition.name)
    notebook = read_solution(path)
    for cell, of_cell in zip(notebook.cells, places(path, notebook), strict=True):
        code = cell.cell_type == "code"
        for problem in (*_problems(definition, cell.source, code=code), *_unmarked_cell(cell)):
            yield _format_problem(place_of(path, of_cell, problem.line), problem)
    for module in definition.course.provided(definition.name):
        for problem in _problems(definition, text_of(module), code=True):
            yield _format_problem(f"{module}, line {problem.line}", problem)


def _format_problem(place: str, problem: Problem) -> str:
    return f"{place}: {problem.says}\n  {problem.advice}"


def _problems(definition: Definition, source: str, *, code: bool) -> Iterator[Problem]:
    """Yield the problems of a cell or module: wrong markers, unmarked functions, code that fails to parse."""
    found, problems = regions(source, code=code)
    yield from problems
    if not code or not isinstance(parse_cell(Cell(0, source)), tuple):
        return
    for name, line in _unmarked(definition, source):
        if GIVEN not in definition.signed_off.get(name, {}):
            yield Problem(
                line,
                f"{name} has no marked answer, so that students would receive all of it",
                f"Put {START} above the answer, and {END} below it.",
            )
    left = parse_cell(Cell(0, without_answers(source)))
    if not problems and not isinstance(left, tuple):
        yield Problem(
            found[0].start,
            f"without its marked regions the rest does not parse ({left.reason})",
            "Let markers enclose whole statements.",
        )


def given_definitions(definition: Definition) -> Iterator[Remark]:
    """Yield the graded functions and classes of which the solution has a definition without a marked answer.

    Args:
        definition: the assignment.

    Returns:
        an iterator of remarks: an example that students have to write otherwise may be so.
    """
    sources = [*_cells(definition), *map(text_of, definition.course.provided(definition.name))]
    for name in dict.fromkeys(name for source in sources for name, _ in _unmarked(definition, source)):
        yield Remark(name, GIVEN, ", so that students receive all of it.")


def hollow_answers(definition: Definition) -> frozenset[str]:
    """Return the graded functions and classes whose markers have no code between them.

    Args:
        definition: the assignment.

    Returns:
        the names of those of which students receive all that the solution has.
    """
    return frozenset(
        name
        for source in _cells(definition)
        for name, piece in _defining(definition, source)
        if (inside := [one for one in regions(source)[0] if _touches(piece, [one])])
        and not any(map(_has_code, _texts(source, inside)))
    )


def _cells(definition: Definition) -> list[str]:
    notebook = read_solution(definition.course.solution(definition.name))
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _texts(source: str, found: Iterable[Region]) -> Iterator[str]:
    """Yield the lines between markers."""
    lines = source.split("\n")
    for region in found:
        yield from lines[region.start : region.end - 1]


def _has_code(line: str) -> bool:
    return line.strip()[:1] not in {"", "#"}


def _unmarked(definition: Definition, source: str) -> Iterator[tuple[str, int]]:
    """Yield what is graded that a cell defines outside of its marked regions, and the line."""
    found, _ = regions(source)
    for name, piece in _defining(definition, source):
        if not _touches(piece, found):
            yield name, piece.statement.line


def _defining(definition: Definition, source: str) -> Iterator[tuple[str, Piece]]:
    """Yield the statements of a cell that define what is graded."""
    pieces = parse_cell(Cell(0, source))
    roots = {name.partition(".")[0] for name in definition.wanted.functions}
    for piece in pieces if isinstance(pieces, tuple) else ():
        for name in piece.binds & roots:
            if _defines_answer(piece, name, definition):
                yield name, piece


def _defines_answer(piece: Piece, name: str, definition: Definition) -> bool:
    """Return whether a statement defines a graded function or class, or a graded method of a class."""
    functions = definition.wanted.functions
    methods = [item.partition(".")[2] for item in functions if item.startswith(f"{name}.")]
    if piece.kind is ast.FunctionDef or name in functions:
        return piece.kind in (ast.FunctionDef, ast.ClassDef)
    return any(method_of(piece.statement.source, method) for method in methods)


def _touches(piece: Piece, found: Iterable[Region]) -> bool:
    """Return whether a visible region overlaps a statement."""
    first = piece.statement.line
    last = first + piece.statement.source.count("\n")
    return any(region.start <= last and first <= region.end for region in found if not region.hidden)


def _unmarked_cell(cell: Any) -> Iterator[Problem]:
    """Yield a problem for a code cell that nbgrader marks as an answer and that has no region."""
    if cell.cell_type == "code" and is_answer(cell) and cell.source.strip() and not regions(cell.source)[0]:
        yield Problem(
            1,
            "nbgrader takes this cell for an answer, and nothing in it is marked",
            f"Put {START} above the answer, and {END} below it.",
        )


def _passing(definition: Definition, assignment: Assignment, sandbox: Sandbox) -> Iterator[str]:
    """Yield the graded functions that pass all test cases with their marked regions emptied."""
    path = definition.course.solution(definition.name)
    sources = _handed_out(stub_of(read_solution(path), {}))
    for exercise in assignment.tested:
        source = sources.get(exercise.name.partition(".")[0])
        if source is not None and _passes(definition, assignment, sandbox, exercise, source):
            found = definition.reference.functions[exercise.name]
            place = f"line {found.line}" if path.suffix == ".py" else f"cell {found.cell}, line {found.line}"
            yield (
                f"{path}, {place}: {exercise.name} passes every test case with nothing between its markers\n"
                f"  Put {START} above the answer, and {END} below it."
            )


def _handed_out(stub: bytes) -> dict[str, str]:
    """Return the source of each function and class in a stub, with its placeholders replaced by `pass`."""
    pieces = [
        piece
        for cell in read_cells(stub, needs_code=False)
        if cell.kind == "code"
        if isinstance(of_cell := parse_cell(cell), tuple)
        for piece in of_cell
    ]
    found: dict[str, str] = {}
    for piece in pieces:
        source = PLACEHOLDER.sub("pass", piece.statement.source)
        for name in piece.binds if piece.kind in (ast.FunctionDef, ast.ClassDef) else ():
            found[name] = f"{found[name]}\n\n{source}" if extends(source, name) and name in found else source
        for one in attached(source):
            if one.owner in found:
                parts = (found[one.owner], found.get(one.function, ""), source)
                found[one.owner] = "\n\n".join(dict.fromkeys(parts))
    return found


def _passes(
    definition: Definition, assignment: Assignment, sandbox: Sandbox, exercise: Exercise, source: str
) -> bool:
    """Return whether a function passes the cases of an exercise beside the reference's other functions."""
    program = program_of(definition.reference, assignment.wanted, exercise.name)
    statements = (*program.statements, Statement(LAST, 1, source))
    calls = [case.call for case in exercise.cases]
    runs = sandbox.run(assignment.wanted.program(statements), calls)
    part = definition.reference.parts[exercise.name]
    return all(
        judge(exercise, case, run, part).verdict is Verdict.PASSED
        for case, run in zip(exercise.cases, runs, strict=True)
    )


def strangers(definition: Definition, made: Container[Path]) -> tuple[Remark, ...]:
    """Return the files in the students' folder that a release does not make.

    Args:
        definition: the assignment.
        made: the files of its release, as paths in the course folder.

    Returns:
        a remark for each file.
    """
    root = definition.course.root
    folder = Path("assignments", definition.name)
    present = sorted(path.relative_to(root) for path in (root / folder).rglob("*") if path.is_file())
    return tuple(
        Remark(folder.as_posix(), path.relative_to(folder).as_posix(), " does not belong there. Remove it.")
        for path in present
        if path not in made and "__pycache__" not in path.parts
    )


# ---------------------------------------------------------------- what students write


def answer_lines(definition: Definition) -> frozenset[tuple[int, int]]:
    """Return the cell and line of each line of a solution that students do not receive.

    A graded function without a marked region is an answer as a whole.
    """
    path = definition.course.solution(definition.name)
    notebook = read_solution(path)
    found: set[tuple[int, int]] = set()
    for cell, of_cell in zip(notebook.cells, places(path, notebook), strict=True):
        if cell.cell_type == "code":
            for region in regions(cell.source)[0]:
                found.update(of_cell[region.start : region.end - 1])
    for function in definition.reference.functions.values():
        if function.cell is not None and function.line is not None:
            lines = _lines(function.cell, function.line, function.source)
            if not found & set(lines):
                found.update(lines)
    return frozenset(found)


def _lines(cell: int, line: int, source: str) -> Sequence[tuple[int, int]]:
    return [(cell, line + i) for i in range(source.count("\n") + 1)]
