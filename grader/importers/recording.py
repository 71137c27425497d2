"""Run a source notebook in the sandbox, and return what its tests do with what students define."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.assignments.absent_modules import ABSENT
from grader.importers import expressions, in_child, literals, names_in_tests
from grader.importers.answers import bound_in, set_in
from grader.importers.source import Role, SourceCell, SourceNotebook
from grader.importers.trials import trials
from grader.models import value_text, values
from grader.models.execution import Call, Driver, Program, Run, Statement, Status
from grader.models.serialization import decode
from grader.notebooks.magics import python_of
from grader.public_tests.replaying import KIND, OBJECT
from grader.sandbox import Sandbox
from grader.sandbox.import_names import importing, installed

SECONDS_OF_A_CELL, SECONDS, SECONDS_OF_TRIALS = 10.0, 60.0, 1.0
"""The time that a cell may take, a notebook, and together its cells that no test needs."""

SENDING = 15.0
"""Seconds beyond these until a notebook is given up, whose cell ignores that its time is over."""

RECORD = "record"
UNSET = re.compile(r"NameError|ModuleNotFoundError")
"""Errors that come of no cell which was cut short: it sets nothing that a test names."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that a test does with what students define; see `public_tests.replaying`.

    `raised` has the name of the exception that it raised, and those of its bases; `gives` is False if the
    result is None.
    """

    kind: str
    on: str | int
    args: tuple[Any, ...]
    keys: Mapping[str, Any]
    marks: tuple[str, ...]
    raised: tuple[str, ...]
    gives: bool
    hidden: bool

    def with_kind(self) -> Step:
        """Return the same step, whose object is known by its classes."""
        asks = OBJECT in self.marks and KIND not in self.marks
        return replace(self, marks=(*self.marks, KIND)) if asks else self

    def moved(self, placed: Mapping[int, int]) -> Step:
        """Return the same step after others.

        Args:
            placed: the numbers of earlier steps, and those that they have now.

        Returns:
            the step, which is of these.
        """

        def new(one: Any) -> Any:
            return {"$step": placed[one["$step"]]} if isinstance(one, dict) and "$step" in one else one

        return replace(
            self,
            on=placed[self.on] if isinstance(self.on, int) else self.on,
            args=tuple(map(new, self.args)),
            keys={key: new(value) for key, value in self.keys.items()},
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was noted of one test.

    `error` is what it raises with the instructor's own answers. `about` maps the names of students that it
    reads to what they are (function, class, value, object, other), `cells` to the cell that sets each, and
    `again` are those that a later cell changes; `holds` says whether the test is passed by what functions and
    classes are in the end. `cannot` says what could not be noted, `random` whether something that it calls
    draws random numbers. `outside` has the plain values of other names it reads.
    """

    cell: SourceCell
    error: str
    steps: tuple[Step, ...]
    about: Mapping[str, str]
    cells: Mapping[str, int]
    again: frozenset[str]
    holds: bool
    cannot: tuple[str, ...]
    random: bool
    outside: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recording:
    """What was noted of a notebook; `problem` says why nothing could be.

    `cut` is the first cell that no test seems to need and that was not run to its end, 0 if there is none.
    """

    tests: tuple[Recorded, ...] = ()
    errors: Mapping[int, str] = None  # type: ignore[assignment]
    graded: Mapping[str, int] = None  # type: ignore[assignment]
    problem: str = ""
    cut: int = 0


def record(source: SourceNotebook, sandbox: Sandbox) -> Recording:
    """Run a source notebook with its own answers.

    Args:
        source: the notebook.
        sandbox: where it runs.

    Returns:
        what was noted.
    """
    code = [cell for cell in source.cells if cell.role not in (Role.TEXT, Role.QUESTION)]
    tried = trials(code, (*source.modules.values(), *source.helpers.values()))
    recording = _recorded(source, code, tried, sandbox)
    below = [test for test in recording.tests if 0 < recording.cut < test.cell.number]
    if any(test.error and not UNSET.match(test.error) for test in below):
        recording = _recorded(source, code, frozenset(), sandbox)
    return recording


def _recorded(
    source: SourceNotebook, code: Sequence[SourceCell], tried: Collection[int], sandbox: Sandbox
) -> Recording:
    """Run cells, those that were only tried out within a time of their own."""
    modules = {
        **ABSENT,
        **{module_name(path): text for path, text in {**source.modules, **source.helpers}.items()},
    }
    sources = [*(python_of(cell.source) for cell in code), *source.modules.values(), *source.helpers.values()]
    imports = installed(sources, modules)
    program = Program(
        (*importing(imports), Statement(0, 1, f"{RECORD} = None")),
        modules={**modules, **OWN},
        drivers={RECORD: Driver((Statement(0, 1, _text(in_child)),))},
        imports=imports,
        data=source.data,
    )
    given = [_given(cell, is_trial=at in tried) for at, cell in enumerate(code)]
    limits = [SECONDS_OF_A_CELL, SECONDS, SECONDS_OF_TRIALS]
    (run,) = sandbox.run(program, [Call(RECORD, (given, limits), seconds=SECONDS + SENDING)])
    return _recording(source, run)


def _text(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text(encoding="utf-8")


OWN = {
    "grader.importers": "",
    **{
        module.__name__: _text(module)
        for module in (expressions, literals, names_in_tests, value_text, values)
    },
}
"""What the recorder imports, which is not where students' code runs."""


def module_name(path: str) -> str:
    """Return the name by which a module beside the notebook is imported."""
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return name or path


def _given(cell: SourceCell, *, is_trial: bool) -> list[Any]:
    if cell.role is Role.TEST:
        return [cell.number, "test", [[python_of(one.source), one.hidden] for one in cell.pieces], []]
    own = [[*part] for part in set_in(cell)] if cell.role is Role.SOLUTION else [[], []]
    names = [*own, [*bound_in(cell)]]
    role = "trial" if is_trial else str(cell.role)
    return [cell.number, role, [[python_of(cell.source), False]], names]


def _recording(source: SourceNotebook, run: Run) -> Recording:
    if run.status is not Status.RETURNED or not isinstance(run.value, dict):
        said = run.failure or run.status
        return Recording(
            (), {}, {}, f"it did not run to its end: {said}\n  Mend or take out the cell that {_does(run)}."
        )
    tests = [cell for cell in source.cells if cell.role is Role.TEST]
    recorded = tuple(
        _test(cell, noted) for cell, noted in zip(tests, map(decode, run.value["tests"]), strict=True)
    )
    errors = {number: _error(told) for number, *told in run.value["cells"]}
    return Recording(recorded, errors, run.value["graded"], cut=run.value["cut"])


def _does(run: Run) -> str:
    """Return what a cell does that ends the whole notebook."""
    return "does not end" if run.status is Status.TIMED_OUT else "ends the process"


def _error(told: Sequence[str]) -> str:
    return ": ".join(part for part in told if part)


def _test(cell: SourceCell, noted: Mapping[str, Any]) -> Recorded:
    hidden = [one.hidden for one in cell.pieces]
    steps: list[Step] = []
    for i, (kind, on, args, keys, marks) in enumerate(noted["steps"]):
        piece = next((p for p, end in enumerate(noted["marks"]) if i < end), len(hidden) - 1)
        given = noted["answers"][i]
        raised = tuple(given) if isinstance(given, list) else ()
        steps.append(Step(kind, on, tuple(args), keys, tuple(marks), raised, given is True, hidden[piece]))
    return Recorded(
        cell=cell,
        error=_error(noted["error"]),
        steps=tuple(steps),
        about=noted["kinds"],
        cells=noted["cells"],
        again=frozenset(noted["again"]),
        holds=noted["holds"],
        cannot=tuple(noted["cannot"]),
        random=noted["random"],
        outside=noted["outside"],
    )
