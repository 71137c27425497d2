"""Load an assignment from its course folder: solution, test cases, provided modules."""

from __future__ import annotations

import ast
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from grader.assignments.callbacks import Callbacks
from grader.assignments.checksums import sources_sha256
from grader.assignments.course import Course
from grader.assignments.data_files import data_files
from grader.assignments.definition import Definition, importable
from grader.assignments.generators import run_module
from grader.comparison.verdict import Tolerance
from grader.errors import AssignmentError, UnreadableError
from grader.models.assignment import Exercise, Kind, Wanted
from grader.models.editions import Convention
from grader.models.execution import DRIVE, Driver, Statement
from grader.models.submission import Cell, State, Submission
from grader.notebooks.extraction import MARKER, extract
from grader.notebooks.reader import read_cells
from grader.sandbox.import_names import installed
from grader.testcase.declarations import Check, Declaration, Question, collected_questions

LONGEST = 40
"""Characters of an expression that names a result."""

SETTINGS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "NOTEBOOK": (lambda x: isinstance(x, str), 'the name of a file, "homework.ipynb"'),
    "ALIASES": (
        lambda x: _is_of(x, lambda names: isinstance(names, list | tuple)),
        'the other names of a module, {"utils": ("utils_v2",)}',
    ),
    "SIGNED_OFF": (
        lambda x: _is_of(x, lambda reasons: _is_of(reasons, lambda reason: isinstance(reason, str))),
        'what is said of a mutant, and the reason, {"function": {"what is said": "reason"}}',
    ),
}
"""The settings of a file of test cases: a check of the value, and an example of one."""


def _is_of(value: Any, fits: Callable[[Any], bool]) -> bool:
    """Return whether a value is a dictionary from strings to values that pass a check."""
    return isinstance(value, Mapping) and all(isinstance(k, str) and fits(v) for k, v in value.items())


# ---------------------------------------------------------------- loading


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
    solution, testcases = course.solution(name), course.testcases(name)
    declared = _declared(course, name)
    declarations = declared.declarations
    cells = solution_cells(solution)
    modules = _modules(course, name, declared.settings.get("ALIASES", {}))
    drivers = _drivers(testcases, declared)
    wanted = Wanted(
        functions=tuple(declarations),
        grade_ids={f: d.grade_id for f, d in declarations.items() if d.grade_id},
        modules=modules,
        imports=installed([*(cell.source for cell in cells), *modules.values(), *_sources(drivers)], modules),
        data=data_files(course.folders(name)[0]),
        drivers=drivers,
        variables=tuple(f for f, d in declarations.items() if d.is_variable),
    )
    reference = extract(cells, wanted)
    _check_reference(solution, testcases, cells, reference, declared)
    callbacks = Callbacks(testcases, text_of(testcases), declared.names)
    files = [solution, testcases, *course.provided(name)]
    definition = Definition(
        name=name,
        course=course,
        notebook=declared.settings.get("NOTEBOOK", f"{name}.ipynb"),
        exercises=(
            *(_exercise(f, d, reference, wanted, callbacks) for f, d in declarations.items()),
            *map(_question, declared.questions),
        ),
        declarations=declarations,
        checks=declared.checks,
        signed_off=declared.settings.get("SIGNED_OFF", {}),
        wanted=wanted,
        reference=reference,
        sha256=sources_sha256(files, course.folders(name)),
        mistakes_sha256=sources_sha256([*files, *course.versions(name, "broken")], course.folders(name)),
    )
    return replace(definition, exercises=tuple(map(definition.in_parts, definition.exercises)))


def solution_cells(path: Path) -> Sequence[Cell]:
    """Return the code of a solution.

    A percent-format script is one cell, so its lines are those of the file.

    Raises:
        AssignmentError: it is not a readable notebook or text.
    """
    if path.suffix == ".py":
        return (Cell(1, text_of(path)),)
    try:
        return read_cells(path.read_bytes())
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


class _Declared(NamedTuple):
    """What a file of test cases declares; `names` are the names in it that do."""

    declarations: Mapping[str, Declaration]
    questions: Sequence[Question]
    checks: Mapping[str, Check]
    settings: Mapping[str, Any]
    names: frozenset[str]


def _declared(course: Course, name: str) -> _Declared:
    """Run a file of test cases; return its declarations, checks and settings."""
    path, (folder, _) = course.testcases(name), course.folders(name)
    with importable(folder), collected_questions() as questions:
        names = vars(run_module(path, folder))
    declaring = {key: value for key, value in names.items() if isinstance(value, Declaration)}
    declarations = {value.name or key: value for key, value in declaring.items()}
    if not declarations and not questions:
        raise AssignmentError(f"{path}: it declares no exercise\n  Decorate a generator with @exercise().")
    [(name, times)] = Counter(
        [*(v.name or k for k, v in declaring.items()), *(q.name for q in questions)]
    ).most_common(1)
    if times > 1:
        raise AssignmentError(f"{path}: {name} is declared twice\n  Let each have a name of its own.")
    if not questions and all(declaration.bonus for declaration in declaring.values()):
        raise AssignmentError(
            f"{path}: every exercise is a bonus, so the total is 0\n  Let one of them be without bonus=True."
        )
    checks = {key: value for key, value in names.items() if isinstance(value, Check)}
    settings = {key: names[key] for key in SETTINGS if key in names}
    for key, value in settings.items():
        fits, example = SETTINGS[key]
        if not fits(value):
            raise AssignmentError(f"{path}: {key} is not what it should be\n  Let it be {example}.")
    return _Declared(declarations, questions, checks, settings, frozenset(declaring))


def _sources(drivers: Mapping[str, Driver]) -> Iterator[str]:
    return (statement.source for driver in drivers.values() for statement in driver.statements)


def _drivers(path: Path, declared: _Declared) -> dict[str, Driver]:
    """Return the driver of each item that has one; a variable is read by one."""
    callbacks = Callbacks(path, text_of(path), declared.names)
    found: dict[str, Driver] = {}
    for name, declaration in declared.declarations.items():
        if declaration.driver is not None:
            found[name] = callbacks.driver(declaration.driver, name, declared.declarations)
        elif declaration.is_variable:
            found[name] = Driver((Statement(1, 1, f"def {DRIVE}(student):\n    return student.{name}"),))
    return found


def _modules(course: Course, name: str, aliases: Mapping[str, Sequence[str]]) -> dict[str, str]:
    modules = {path.stem: text_of(path) for path in course.provided(name)}
    for module, others in aliases.items():
        if module not in modules:
            raise AssignmentError(
                f"{course.testcases(name)}: ALIASES names {module}, which solutions/{name}/ does not have\n"
                f"  There is: {', '.join(modules) or 'no module'}."
            )
        modules |= dict.fromkeys(others, modules[module])
    return modules


def _check_reference(
    solution: Path, testcases: Path, cells: Sequence[Cell], reference: Submission, declared: _Declared
) -> None:
    for name, found in reference.functions.items():
        declaration = declared.declarations[name]
        place = f"line {found.problem_line}: " if found.problem_line else ""
        if found.state is not State.WRITTEN:
            raise AssignmentError(
                f"{solution}: {name} is {found.state.replace('_', ' ')}"
                f"{f' ({place}{found.problem})' if found.problem else ''}\n"
                f"  {testcases} has test cases for it: write it, or take them out."
            )
        node = _definition(found.source)
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


def _definition(source: str) -> ast.stmt:
    return ast.parse(textwrap.dedent(source)).body[0]


def _exercise(
    name: str, declared: Declaration, reference: Submission, wanted: Wanted, callbacks: Callbacks
) -> Exercise:
    node, driver = _definition(reference.functions[name].source), wanted.drivers.get(name)
    called = node if driver is None else _definition(driver.statements[-1].source)
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
            Convention(re.compile(e.marked_by), re.compile(e.ruled_out_by), e.expects)
            for e in declared.editions
        ),
        cases=(),
        kind=_kind(name, declared, node),
        driver=driver.text if driver else "",
        judge=None if declared.judging is None else callbacks.judge(declared.judging, name),
        bonus=declared.bonus,
        forbid=declared.forbid,
        seconds=declared.seconds,
    )


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
