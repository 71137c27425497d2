"""Load an assignment from its course folder: solution, test cases, provided modules."""

from __future__ import annotations

import ast
import functools
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from grader.assignments.absent_modules import ABSENT
from grader.assignments.assertion_process import Beside
from grader.assignments.callbacks import Callbacks
from grader.assignments.checksums import sources_sha256
from grader.assignments.course import Course
from grader.assignments.data_files import data_files
from grader.assignments.declared import Declared, read_declared
from grader.assignments.declared_names import check_names
from grader.assignments.definition import Definition
from grader.assignments.editions import in_edition
from grader.assignments.provided_modules import named_modules, with_aliases
from grader.assignments.unset_variable import unset
from grader.comparison.judges import Judge
from grader.comparison.verdict import Tolerance
from grader.errors import AssignmentError, UnreadableError, did_you_mean
from grader.models.assignment import Exercise, Kind, Wanted
from grader.models.editions import Convention, Marks
from grader.models.execution import Driver, Statement
from grader.models.protocol import reads
from grader.models.submission import Cell, State, Submission
from grader.notebooks.extraction import extract
from grader.notebooks.graded_items import MARKER
from grader.notebooks.reader import read_cells, read_headings
from grader.notebooks.statements import Broken, parse_cell
from grader.sandbox.import_names import installed
from grader.testcase.declarations import Declaration, Edition, Question

LONGEST = 40
"""Characters of an expression that names a result."""
TITLE = re.compile(r"^# # (.+)$", re.MULTILINE)
"""A heading of the first level in a percent-format solution."""


def load(course: Course, name: str) -> Definition:
    """Load an assignment.

    Args:
        course: the course folder.
        name: the name of the assignment.

    Returns:
        its definition.

    Raises:
        AssignmentError: a file is missing or not as required; the message says what to do.
    """
    course.check_has(name)
    named = named_modules(course.folders(name)[0], course.provided(name), text_of)
    declared = read_declared(course, name)
    cells = solution_cells(course.solution(name))
    current = _definition(course, name, declared, named, cells)
    editions = [
        (_marks(edition), _definition(course, name, declared, named, [*cells, added], called))
        for called, edition in declared.settings.get("EDITIONS", {}).items()
        for added in [Cell(len(cells) + 1, text_of(course.edition(name, called)))]
    ]
    either = _parameters_in([current, *(definition for _, definition in editions)])
    return replace(
        current,
        parameters=either,
        editions=tuple((marks, replace(one, parameters=either)) for marks, one in editions),
    )


def _definition(
    course: Course,
    name: str,
    declared: Declared,
    named: Mapping[str, str],
    cells: Sequence[Cell],
    edition: str = "",
) -> Definition:
    """Return the definition of an assignment, or of one edition of it, from the cells of its solution."""
    testcases, declarations, folder = course.testcases(name), declared.declarations, course.folders(name)[0]
    solution = course.edition(name, edition) if edition else course.solution(name)
    modules = with_aliases(named, declared.settings.get("ALIASES", {}), testcases, folder)
    callbacks = Callbacks(testcases, text_of(testcases), declared.names)
    drivers = _drivers(callbacks, declared)
    wanted = Wanted(
        functions=tuple(declarations),
        grade_ids={
            **{f: d.grade_id for f, d in declarations.items() if d.grade_id},
            **{question.name: question.grade_id for question in declared.questions if question.grade_id},
        },
        modules=modules,
        imports=installed([*(cell.source for cell in cells), *modules.values(), *_sources(drivers)], modules),
        data=data_files(folder),
        drivers=drivers,
        variables=tuple(f for f, d in declarations.items() if d.is_variable),
        of={f: d.of for f, d in declarations.items() if d.of},
    )
    reference = extract(cells, wanted)
    _check_reference(solution, testcases, cells, reference, declared)
    if edition:
        _check_edition(solution, cells, reference)
    sources = [*(cell.source for cell in cells), *modules.values()]
    for item, declaration in declarations.items():
        check_names(f"{testcases}, line {declaration.line}", item, declaration, sources)
    tested_by = named_modules(course.helpers_folder(name), course.helpers(name), text_of)
    helpers = {**modules, **tested_by}
    files = [course.solution(name), testcases, *course.provided(name)]
    definition = Definition(
        name=name,
        course=course,
        notebook=declared.settings.get("NOTEBOOK", f"{name}.ipynb"),
        exercises=(
            *(_exercise(f, d, reference, wanted, callbacks, helpers) for f, d in declarations.items()),
            *map(_question, declared.questions),
        ),
        declarations=declarations,
        checks=declared.checks,
        signed_off=declared.settings.get("SIGNED_OFF", {}),
        wanted=wanted,
        reference=reference,
        sha256=sources_sha256(files, course.folders(name)),
        mistakes_sha256=sources_sha256([*files, *course.versions(name, "broken")], course.folders(name)),
        edition=edition,
        title=_title(course.solution(name)),
    )
    return replace(definition, exercises=tuple(map(definition.in_parts, definition.exercises)))


def _marks(edition: Edition) -> Marks:
    return Marks(re.compile(edition.marked_by), re.compile(edition.ruled_out_by))


def _parameters_in(editions: Iterable[Definition]) -> dict[str, frozenset[str]]:
    """Return the parameters that each exercise has in any edition."""
    found: dict[str, frozenset[str]] = {}
    for definition in editions:
        for exercise in definition.exercises:
            found[exercise.name] = found.get(exercise.name, frozenset()) | {*exercise.parameters}
    return found


def _title(path: Path) -> str:
    """Return the first heading of the first level in a solution; "" if it has none."""
    headings = TITLE.findall(text_of(path)) if path.suffix == ".py" else read_headings(path.read_bytes())
    return " ".join(headings[0].split())[:100] if headings else ""


def solution_cells(path: Path) -> Sequence[Cell]:
    """Return the code of a solution.

    A percent-format script is one cell, so its lines are those of the file.

    Raises:
        AssignmentError: it is not a readable notebook or text.
    """
    if path.suffix == ".py":
        return (Cell(1, text_of(path)),)
    try:
        return read_cells(path.read_bytes(), needs_code=False)
    except UnreadableError as error:
        raise AssignmentError(
            f"{path}: {error}\n  Save it in Jupyter as a notebook, or as {path.stem}.py."
        ) from None


def text_of(path: Path) -> str:
    """Read an instructor's file as UTF-8, without a byte order mark.

    Raises:
        AssignmentError: it is not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) else f"it is not text in UTF-8 (byte {error.start})"
        )
        raise AssignmentError(f"{path}: {reason}\n  Save it as text in UTF-8.") from None


def _sources(drivers: Mapping[str, Driver]) -> Iterator[str]:
    return (statement.source for driver in drivers.values() for statement in driver.statements)


def _drivers(callbacks: Callbacks, declared: Declared) -> dict[str, Driver]:
    """Return the driver of each item that has one; a variable is read by one."""
    found: dict[str, Driver] = {}
    for name, declaration in declared.declarations.items():
        if declaration.driver is not None:
            found[name] = callbacks.driver(declaration.driver, name, declared.declarations)
        elif declaration.is_variable:
            found[name] = Driver((Statement(1, 1, reads(name)),))
    return found


def _check_reference(
    solution: Path, testcases: Path, cells: Sequence[Cell], reference: Submission, declared: Declared
) -> None:
    for name, found in reference.functions.items():
        declaration = declared.declarations[name]
        place = f"line {found.problem_line}: " if found.problem_line else ""
        if declaration.is_variable and (problem := unset(solution, name, found)):
            raise AssignmentError(problem)
        if found.state is not State.WRITTEN:
            raise AssignmentError(
                f"{solution}: {name} is {found.state.replace('_', ' ')}"
                f"{f' ({place}{found.problem})' if found.problem else ''}\n"
                f"  {did_you_mean(name, _names_in(cells))}"
                f"{testcases}, line {declaration.line}, has test cases for it: write it, or take them out."
            )
        node = _parsed(found.source)
        if declaration.is_variable and isinstance(node, ast.FunctionDef | ast.ClassDef):
            what = "class" if isinstance(node, ast.ClassDef) else "function"
            raise AssignmentError(
                f"{testcases}: @variable is of {name}, which is a {what} (line {found.line} of {solution})\n"
                f"  Grade a {what} by @exercise, and let a variable have a value."
            )
        if not declaration.is_variable and not isinstance(node, ast.FunctionDef | ast.ClassDef):
            raise AssignmentError(
                f"{solution}: {name} is not defined by a `def` at top level (line {found.line})\n"
                f"  Write `def {name}(...):`: students are told the names of its parameters and results."
            )
        if (isinstance(node, ast.ClassDef) or "." in name) and declaration.driver is None:
            raise AssignmentError(
                f"{testcases}: nothing calls {name}, which is a "
                f"{'method' if '.' in name else 'class'}\n"
                f"  Write below its generator: @{declaration.generator.__name__}.drive, and a function of "
                "(student, ...) that uses it and returns plain data."
            )
    for cell in cells:
        for marked in MARKER.findall(cell.source):
            if not any(name == marked or name.startswith(f"{marked}.") for name in reference.functions):
                raise AssignmentError(
                    f"{testcases}: no test cases for {marked}\n"
                    f"  Add a generator {marked}(rng) that yields the keyword arguments of one call."
                )


def _check_edition(path: Path, cells: Sequence[Cell], reference: Submission) -> None:
    """Check that an earlier edition defines only what is graded, or what that needs or replaces."""
    *current, own = cells
    replaced = {node.name for cell in current for _, node in _definitions(cell)}
    needed = {statement for part in reference.parts.values() for statement in part.statements}
    for statement, node in _definitions(own):
        if node.name not in replaced and statement not in needed:
            raise AssignmentError(
                f"{path}, line {node.lineno + statement.line - 1}: {node.name} is no graded function, "
                f"and none uses it\n  {did_you_mean(node.name, replaced)}"
                "Give it the name that it has in the solution, or take it out."
            )


def _definitions(cell: Cell) -> Iterator[tuple[Statement, ast.FunctionDef | ast.ClassDef]]:
    pieces = parse_cell(cell)
    for statement in () if isinstance(pieces, Broken) else (piece.statement for piece in pieces):
        node = _parsed(statement.source)
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield statement, node


def _names_in(cells: Sequence[Cell]) -> Iterator[str]:
    """Yield the names that a solution binds, and its methods as `Class.method`."""
    for cell in cells:
        pieces = parse_cell(cell)
        for piece in pieces if isinstance(pieces, tuple) else ():
            yield from piece.binds
            node = _parsed(piece.statement.source)
            if isinstance(node, ast.ClassDef):
                methods = (one.name for one in node.body if isinstance(one, ast.FunctionDef))
                yield from (f"{node.name}.{method}" for method in methods)


def _parsed(source: str) -> ast.stmt:
    return ast.parse(textwrap.dedent(source)).body[0]


def _exercise(
    name: str,
    declared: Declaration,
    reference: Submission,
    wanted: Wanted,
    callbacks: Callbacks,
    helpers: Mapping[str, str],
) -> Exercise:
    node, driver = _parsed(reference.functions[name].source), wanted.drivers.get(name)
    called = node if driver is None else _parsed(driver.statements[-1].source)
    parameters: tuple[str, ...] = ()
    results: tuple[str, ...] = (name,)
    if isinstance(called, ast.FunctionDef) and not (driver and not driver.text):
        parameters = _parameters(called, driven=driver is not None)
        results = _results(called)
    return Exercise(
        name=name,
        points=declared.points,
        parameters=parameters,
        results=results,
        uses=tuple(sorted(reference.parts[name].uses, key=list(reference.functions).index)),
        tolerance=declared.tolerance,
        pure=declared.pure,
        editions=tuple(
            Convention(
                re.compile(e.marked_by),
                re.compile(e.ruled_out_by),
                functools.partial(in_edition, callbacks.path, name, e.expects),
            )
            for e in declared.editions
            if e.expects is not None
        ),
        cases=(),
        kind=_kind(name, declared, node),
        driver=driver.text if driver else "",
        judge=_judge(name, declared, callbacks, Beside({**ABSENT, **helpers}, wanted.data)),
        bonus=declared.bonus,
        forbid=declared.forbid,
        seconds=declared.seconds,
    )


def _judge(name: str, declared: Declaration, callbacks: Callbacks, beside: Beside) -> Judge | None:
    if declared.assertions:
        return callbacks.asserting(declared, name, beside)
    return None if declared.judging is None else callbacks.judge(declared.judging, name, declared.line)


def _parameters(function: ast.FunctionDef, *, driven: bool) -> tuple[str, ...]:
    """Return the names of the arguments of a call; of a driver also those given by keyword alone."""
    of = function.args
    named = [argument.arg for argument in (*of.posonlyargs, *of.args)]
    if not driven:
        return tuple(named)
    further = [f"**{of.kwarg.arg}"] if of.kwarg else []
    return (*named[1:], *(argument.arg for argument in of.kwonlyargs), *further)


def _kind(name: str, declared: Declaration, node: ast.stmt) -> Kind:
    if declared.is_variable:
        return "variable"
    if "." in name:
        return "method"
    return "class" if isinstance(node, ast.ClassDef) else "function"


def _question(question: Question) -> Exercise:
    return Exercise(
        name=question.name,
        points=question.points,
        parameters=(),
        results=(),
        uses=(),
        tolerance=Tolerance(),
        pure=False,
        editions=(),
        cases=(),
        kind="question",
    )


def _results(function: ast.FunctionDef) -> tuple[str, ...]:
    """Return the names of a function's results: the expressions of its last `return`."""
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
    value = max(returns, key=lambda node: node.lineno).value if returns else None
    parts = value.elts if isinstance(value, ast.Tuple) else [value] if value else []
    names = tuple(_result(part) for part in parts)
    return names if parts and all(names) else ("the result",)


def _result(part: ast.expr) -> str:
    """Return the name of a result; a driver's may be an attribute or a call of what it drives."""
    match part:
        case ast.Name(id=name):
            return name
        case ast.Attribute() | ast.Call(func=ast.Attribute()) if len(text := ast.unparse(part)) <= LONGEST:
            return text
        case _:
            return ""
