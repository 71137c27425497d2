"""An assignment as its files define it, and the calls that its generators make."""

from __future__ import annotations

import functools
import hashlib
import inspect
import math
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import numpy as np

from grader.assignments.course import Course
from grader.assignments.data_files import data_at_hand
from grader.assignments.generators import drawn, instructor_errors, parted
from grader.assignments.seeds import PUBLIC_SEED
from grader.errors import AssignmentError
from grader.models import serialization
from grader.models.assignment import KIND, Exercise, Points, Wanted
from grader.models.editions import Marks
from grader.models.execution import Call
from grader.models.submission import Submission
from grader.models.values import Value, leaves
from grader.testcase.declarations import Arguments, Check, Declaration, Part, line_of

SUPPORTED = (
    "numbers, texts, dates, arrays, ranges, polynomials, data frames, and lists, tuples, sets, dictionaries, "
    "named tuples and dataclasses of those"
)
"""What arguments and answers may be."""


class Asked(NamedTuple):
    """A test case without its answer: its id, its call, and the part of the exercise that it belongs to."""

    id: str
    call: Call
    part: str


@dataclass(frozen=True, slots=True, eq=False)
class Definition:
    """An assignment as its files define it, before the reference has answered any test case.

    `exercises` have no cases yet; `notebook` is the file name of the stub; `checks` test the reference;
    `signed_off` has, for each function, the descriptions of accepted remarks with their reasons. `edition`
    is its name if this is an earlier edition, and `editions` are those, each with what marks a notebook of
    it. `parameters` has the names of each exercise's parameters in any edition: a generator yields all.
    `title` is the first heading of the solution.
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
    edition: str = ""
    editions: tuple[tuple[Marks, Definition], ...] = ()
    parameters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    title: str = ""

    @property
    def solution(self) -> Path:
        """Return the path of the solution, or of the functions that this edition has instead."""
        of = self.course
        return of.edition(self.name, self.edition) if self.edition else of.solution(self.name)

    @property
    def folder(self) -> Path:
        """Return the folder with the provided modules and data files."""
        return self.course.folders(self.name)[0]

    @property
    def mistakes_file(self) -> Path:
        """Return the path of the known mistakes that `grader release` writes."""
        return self.course.root / "public_tests" / f"{self.name}.mistakes.h5"

    def calls(self, exercise: Exercise, seed: str | None) -> Iterator[Asked]:
        """Yield the test cases of an exercise, without answers: published, public, hidden.

        Args:
            exercise: one of the exercises.
            seed: the seed of the hidden cases; None for no hidden cases.

        Returns:
            an iterator of cases.

        Raises:
            AssignmentError: a generator fails, or yields something other than the arguments of a call.
        """
        if exercise.kind == "question":
            return
        declared = self.declarations[exercise.name]
        if exercise.kind == "variable" and not declared.public:
            yield Asked(KIND, self._call(exercise, KIND, {}), "")
        drawn = (
            ("current", [(exercise.first_part, arguments) for arguments in declared.published]),
            ("public", _first(self._generated(exercise, PUBLIC_SEED), declared.public)),
            ("hidden", self._generated(exercise, seed) if seed is not None else ()),
        )
        for kind, cases in drawn:
            for i, (part, arguments) in enumerate(cases, 1):
                call = self._call(exercise, f"{kind}-{i}", arguments)
                yield Asked(f"{kind}-{i}", replace(call, public=kind != "hidden"), part)

    def in_parts(self, exercise: Exercise) -> Exercise:
        """Return an exercise with the parts that its generator yields, and the sum of their points."""
        declared = self.declarations.get(exercise.name)
        if declared is None or not declared.yields_parts:
            return exercise
        parts = self._parted(exercise, PUBLIC_SEED)[1]
        total = sum(part.points for part in parts) or exercise.points
        if parts and not declared.points:
            raise AssignmentError(
                f"{self._declared_at(exercise)}: {exercise.name} is not marked, and its parts have "
                f"{total:g} points\n  Leave out marked=False, or the parts."
            )
        if declared.points_given and not math.isclose(total, declared.points):
            raise AssignmentError(
                f"{self._declared_at(exercise)}: {exercise.name} has points={declared.points:g}, and its "
                f"parts have {total:g} together\n  Leave out points=, or let both be the same."
            )
        return replace(exercise, parts=parts, points=total)

    def _declared_at(self, exercise: Exercise) -> str:
        """Return the file of test cases, and the line on which an exercise is declared."""
        return f"{self.course.testcases(self.name)}, line {self.declarations[exercise.name].line}"

    def _generated(self, exercise: Exercise, seed: str) -> list[tuple[str, Arguments]]:
        """Return what a generator yields, each with the part that it belongs to."""
        cases, parts = self._parted(exercise, seed)
        if parts != exercise.parts:
            raise AssignmentError(
                f"{self.course.testcases(self.name)}: {exercise.name} has other parts with another seed\n"
                "  Yield the same parts in the same order, whatever rng draws."
            )
        return cases

    def _parted(
        self, exercise: Exercise, seed: str
    ) -> tuple[list[tuple[str, Arguments]], tuple[Points, ...]]:
        path = self.course.testcases(self.name)
        declared = self.declarations[exercise.name]
        digest = hashlib.sha256(f"{seed}\0{self.name}\0{exercise.name}".encode()).digest()
        takes_reference = len(inspect.signature(declared.generator).parameters) > 1
        reference = [reference_functions(self)] if takes_reference else []

        def draw() -> Iterable[Arguments | Part]:
            return declared.generator(np.random.default_rng(list(digest)), *reference)

        with data_at_hand(self.folder):
            return parted(drawn(path, exercise.name, draw), path, exercise.name)

    def _call(self, exercise: Exercise, case: str, arguments: Arguments) -> Call:
        arguments = self._completed(exercise, arguments)
        needed = {*exercise.parameters}
        is_mapping = isinstance(arguments, Mapping)
        if not is_mapping or not needed <= {*arguments} <= needed | self.parameters.get(
            exercise.name, needed
        ):
            got = sorted(map(str, arguments)) if is_mapping else type(arguments).__name__
            keys = f"the keys {', '.join(exercise.parameters)}" if exercise.parameters else "no keys: {}"
            keys += f", which it has in the edition {self.edition}" if self.edition else ""
            raise AssignmentError(
                f"{self._declared_at(exercise)}: case {case} of {exercise.name} has {got}\n"
                f"  {self._asked_by_driver(exercise) or 'Yield'} a dictionary with {keys}."
            )
        digest = hashlib.sha256(f"{self.name}\0{exercise.name}\0{case}".encode()).digest()
        given = tuple(arguments[parameter] for parameter in exercise.parameters)
        args = serialization.decode(serialization.encode(given))
        if kind := unsupported(args):
            raise AssignmentError(
                f"{self._declared_at(exercise)}: case {case} of {exercise.name} has a value of type "
                f"{kind}\n  Yield {SUPPORTED}."
            )
        seed = int.from_bytes(digest[:4], "little")
        return Call(exercise.name, args, seed, seconds=exercise.seconds)

    def _asked_by_driver(self, exercise: Exercise) -> str:
        """Return what a driver asks for, as the beginning of advice; empty if the exercise has none."""
        driver = self.declarations[exercise.name].driver
        if driver is None:
            return ""
        asked = ", ".join(exercise.parameters) or "nothing"
        return f"The driver in line {line_of(driver)} asks for {asked}: rename that there, or yield"

    def _completed(self, exercise: Exercise, arguments: Arguments) -> Arguments:
        """Return the arguments of a driver with its defaults, and what it takes by `**` as one dictionary."""
        driver = self.declarations[exercise.name].driver
        if driver is None or not isinstance(arguments, Mapping):
            return arguments
        parameters = [*inspect.signature(driver).parameters.values()][1:]
        defaults = {p.name: p.default for p in parameters if p.default is not p.empty}
        completed = {**defaults, **arguments}
        if parameters and parameters[-1].kind is inspect.Parameter.VAR_KEYWORD:
            known = {parameter.name for parameter in parameters[:-1]}
            further = {key: value for key, value in completed.items() if key not in known}
            completed = {key: completed[key] for key in known & completed.keys()}
            completed[f"**{parameters[-1].name}"] = further
        return completed


def unsupported(value: Value) -> str:
    """Return the type name of a part of a value that could not be serialized; empty if there is none."""
    return next(
        (leaf.type_name for leaf in leaves(value).values() if isinstance(leaf, serialization.Unsupported)), ""
    )


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Make the modules in a folder importable inside the context, and forget them afterwards.

    What has the same name and is of another course, or of who calls the grader, is set aside until then.

    Args:
        folder: the folder of provided modules.

    Returns:
        a context manager.
    """
    entry = str(folder.absolute())
    local = {path.stem for path in folder.glob("*.py")} | {path.parts[-1] for path in folder.glob("*/")}
    aside = {name: sys.modules.pop(name) for name in _from_elsewhere(local, entry)}
    before = set(sys.modules)
    sys.path.insert(0, entry)
    try:
        yield
    finally:
        sys.path.remove(entry)
        for module in set(sys.modules) - before:
            if module.partition(".")[0] in local:
                del sys.modules[module]
        sys.modules.update(aside)


def _from_elsewhere(names: Set[str], folder: str) -> list[str]:
    """Return the loaded modules of some names that are neither of a folder nor installed, nor ours."""
    names = names - sys.stdlib_module_names - {"grader"}
    places = (folder, *(sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")))
    known = tuple([f"{place}/" for place in places])  # `hw1` is not the beginning of `hw10`
    return [
        name
        for name, module in sys.modules.items()
        if name.partition(".")[0] in names and not (getattr(module, "__file__", None) or "").startswith(known)
    ]


@functools.lru_cache(maxsize=8)
def reference_functions(definition: Definition) -> SimpleNamespace:
    """Return the reference's functions as attributes, for generators and checks.

    They are the instructor's own code, so they run in this process.
    """
    statements = {s for part in definition.reference.parts.values() for s in part.statements}
    namespace: dict[str, Any] = {}
    path = definition.solution
    with importable(definition.folder), data_at_hand(definition.folder):
        for statement in sorted(statements, key=lambda s: s.place):
            with instructor_errors(path, "running it", "Mend the reference."):
                exec(statement.source, namespace)  # noqa: S102
    return SimpleNamespace(**{name: namespace[name] for name in definition.reference.functions})


def _first(cases: Sequence[tuple[str, Arguments]], count: int) -> list[tuple[str, Arguments]]:
    """Return the first so many cases of each part, in order."""
    return [case for i, case in enumerate(cases) if sum(part == case[0] for part, _ in cases[:i]) < count]
