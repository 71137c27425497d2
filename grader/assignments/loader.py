"""Load an assignment from its course folder: solution, test cases, provided modules."""

from __future__ import annotations

import ast
import functools
import hashlib
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from grader.assignments.checksums import sources_sha256
from grader.assignments.course import Course
from grader.assignments.generators import drawn, instructor_errors, run_module
from grader.errors import AssignmentError, UnreadableError
from grader.models import serialization
from grader.models.assignment import Exercise, Wanted
from grader.models.editions import Convention
from grader.models.execution import Call
from grader.models.submission import Cell, State, Submission
from grader.models.values import Value, leaves
from grader.notebooks.extraction import MARKER, extract
from grader.notebooks.reader import read_cells
from grader.testcase import Arguments, Check, Declaration

PUBLIC_SEED = "public"
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


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """An assignment as its files define it, before the reference has answered any test case.

    `exercises` have no cases yet; `notebook` is the file name of the stub; `checks` test the reference;
    `signed_off` has, for each function, the descriptions of accepted remarks with their reasons.
    """

    name: str
    course: Course
    notebook: str
    exercises: tuple[Exercise, ...]
    declarations: Mapping[str, Declaration]
    checks: Mapping[str, Check]
    signed_off: Mapping[str, Mapping[str, str]]
    wanted: Wanted
    reference: Submission
    sha256: str
    mistakes_sha256: str

    @property
    def mistakes_file(self) -> Path:
        """Return the path of the known mistakes that `grader release` writes."""
        return self.course.root / "public_tests" / f"{self.name}.mistakes.h5"

    def calls(self, exercise: Exercise, seed: str | None) -> Iterator[tuple[str, Call]]:
        """Yield the id and the call of each test case of an exercise: published, public, hidden.

        Args:
            exercise: one of the exercises.
            seed: the seed of the hidden cases; None for no hidden cases.

        Returns:
            an iterator of ids and calls.

        Raises:
            AssignmentError: a generator fails, or yields something other than the arguments of a call.
        """
        declared = self.declarations[exercise.name]
        public = self._generated(exercise, PUBLIC_SEED)[: declared.public]
        drawn = (
            ("current", declared.published),
            ("public", public),
            ("hidden", self._generated(exercise, seed) if seed is not None else ()),
        )
        for kind, cases in drawn:
            for i, arguments in enumerate(cases, 1):
                call = self._call(exercise, f"{kind}-{i}", arguments)
                yield f"{kind}-{i}", replace(call, public=kind != "hidden")

    def _generated(self, exercise: Exercise, seed: str) -> list[Arguments]:
        generator = self.declarations[exercise.name].generator
        digest = hashlib.sha256(f"{seed}\0{self.name}\0{exercise.name}".encode()).digest()
        reference = [reference_functions(self)] if len(inspect.signature(generator).parameters) > 1 else []

        def draw() -> Iterable[Arguments]:
            return generator(np.random.default_rng(list(digest)), *reference)

        return drawn(self.course.testcases(self.name), exercise.name, draw)

    def _call(self, exercise: Exercise, case: str, arguments: Arguments) -> Call:
        if not isinstance(arguments, Mapping) or set(arguments) != set(exercise.parameters):
            is_mapping = isinstance(arguments, Mapping)
            got = sorted(map(str, arguments)) if is_mapping else type(arguments).__name__
            raise AssignmentError(
                f"{self.course.testcases(self.name)}: case {case} of {exercise.name} has {got}\n"
                f"  Yield a dictionary with the keys {', '.join(exercise.parameters)}."
            )
        digest = hashlib.sha256(f"{self.name}\0{exercise.name}\0{case}".encode()).digest()
        args = tuple(arguments[parameter] for parameter in exercise.parameters)
        if kind := unsupported(serialization.decode(serialization.encode(args))):
            raise AssignmentError(
                f"{self.course.testcases(self.name)}: case {case} of {exercise.name} has a value of type "
                f"{kind}\n  Yield numbers, texts, arrays, and lists, tuples and dictionaries of those."
            )
        return Call(exercise.name, args, int.from_bytes(digest[:4], "little"))


def unsupported(value: Value) -> str:
    """Return the type name of a part of a value that could not be serialized; empty if there is none."""
    return next(
        (leaf.type_name for leaf in leaves(value).values() if isinstance(leaf, serialization.Unsupported)), ""
    )


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
    declarations, checks, settings = _declared(course, name)
    modules = _modules(course, name, settings.get("ALIASES", {}))
    grade_ids = {f: d.grade_id for f, d in declarations.items() if d.grade_id}
    wanted = Wanted(tuple(declarations), grade_ids, modules)
    cells = solution_cells(solution)
    reference = extract(cells, wanted)
    _check_reference(solution, testcases, cells, reference)
    files = [solution, testcases, *course.provided(name)]
    return Definition(
        name=name,
        course=course,
        notebook=settings.get("NOTEBOOK", f"{name}.ipynb"),
        exercises=tuple(_exercise(f, d, reference) for f, d in declarations.items()),
        declarations=declarations,
        checks=checks,
        signed_off=settings.get("SIGNED_OFF", {}),
        wanted=wanted,
        reference=reference,
        sha256=sources_sha256(files, course.folders(name)),
        mistakes_sha256=sources_sha256([*files, *course.versions(name, "broken")], course.folders(name)),
    )


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


def _declared(course: Course, name: str) -> tuple[dict[str, Declaration], dict[str, Check], dict[str, Any]]:
    """Run a file of test cases; return its declarations, checks and settings."""
    path = course.testcases(name)
    with _importable(course.root / "solutions" / name):
        names = vars(run_module(path))
    declarations = {key: value for key, value in names.items() if isinstance(value, Declaration)}
    if not declarations:
        raise AssignmentError(f"{path}: it declares no exercise\n  Decorate a generator with @exercise().")
    checks = {key: value for key, value in names.items() if isinstance(value, Check)}
    settings = {key: names[key] for key in SETTINGS if key in names}
    for key, value in settings.items():
        fits, example = SETTINGS[key]
        if not fits(value):
            raise AssignmentError(f"{path}: {key} is not what it should be\n  Let it be {example}.")
    return declarations, checks, settings


@contextmanager
def _importable(folder: Path) -> Iterator[None]:
    """Make the modules in a folder importable inside the context, and forget them afterwards."""
    before = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))
        local = {path.stem for path in folder.glob("*.py")}
        for module in (set(sys.modules) - before) & local:
            del sys.modules[module]


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


def _check_reference(solution: Path, testcases: Path, cells: Sequence[Cell], reference: Submission) -> None:
    for function, found in reference.functions.items():
        if found.state is not State.WRITTEN:
            raise AssignmentError(
                f"{solution}: {function} is {found.state.replace('_', ' ')}"
                f"{f' (line {found.problem_line}: {found.problem})' if found.problem else ''}\n"
                f"  {testcases} has test cases for it: write it, or take them out."
            )
        if not isinstance(ast.parse(found.source).body[0], ast.FunctionDef):
            raise AssignmentError(
                f"{solution}: {function} is not defined by a `def` at top level (line {found.line})\n"
                f"  Write `def {function}(...):`: students are told the names of its parameters and results."
            )
    for cell in cells:
        for marked in MARKER.findall(cell.source):
            if marked not in reference.functions:
                raise AssignmentError(
                    f"{testcases}: no test cases for {marked}\n"
                    f"  Add a generator {marked}(rng) that yields the keyword arguments of one call."
                )


def _exercise(name: str, declared: Declaration, reference: Submission) -> Exercise:
    source = ast.parse(reference.functions[name].source).body[0]
    if not isinstance(source, ast.FunctionDef):
        raise TypeError(name)  # `_check_reference` has refused that
    return Exercise(
        name=name,
        points=declared.points,
        parameters=tuple(arg.arg for arg in (*source.args.posonlyargs, *source.args.args)),
        results=_results(source),
        uses=tuple(sorted(reference.parts[name].uses, key=list(reference.functions).index)),
        tolerance=declared.tolerance,
        pure=declared.pure,
        editions=tuple(
            Convention(re.compile(e.marked_by), re.compile(e.ruled_out_by), e.expects)
            for e in declared.editions
        ),
        cases=(),
    )


def _results(function: ast.FunctionDef) -> tuple[str, ...]:
    """Return the names of a function's results: the expressions of its last `return`."""
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return) and node.value]
    value = max(returns, key=lambda node: node.lineno).value if returns else None
    parts = value.elts if isinstance(value, ast.Tuple) else [value] if value else []
    names = tuple(part.id for part in parts if isinstance(part, ast.Name))
    return names if parts and len(names) == len(parts) else ("the result",)


@functools.lru_cache(maxsize=8)
def reference_functions(definition: Definition) -> SimpleNamespace:
    """Return the reference's functions as attributes, for generators and checks.

    They are the instructor's own code, so they run in this process.
    """
    statements = {s for part in definition.reference.parts.values() for s in part.statements}
    namespace: dict[str, Any] = {}
    path = definition.course.solution(definition.name)
    with _importable(definition.course.root / "solutions" / definition.name):
        for statement in sorted(statements, key=lambda s: s.place):
            with instructor_errors(path, "running it", "Mend the reference."):
                exec(statement.source, namespace)  # noqa: S102
    return SimpleNamespace(**{name: namespace[name] for name in definition.reference.functions})
