"""Import a source notebook into a course: record, plan, write."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

from grader.assignments.course import HELPERS, Course
from grader.files.atomic_files import write_atomically
from grader.importers.planning import Plan, planned
from grader.importers.proving import proof, with_limits, without
from grader.importers.recording import record
from grader.importers.remembering import Remembering
from grader.importers.solution_text import solution_text
from grader.importers.source import Listed, Read, Unreadable
from grader.importers.strengthening import strengthened
from grader.importers.testcases_text import testcases_text
from grader.sandbox import Sandbox

MOST_ROUNDS = 12
"""How often what does not hold is taken out before all is given up."""

NOTHING = (
    "nothing of it can be graded\n  Mend the source where it fails, or write test cases: grader new NAME"
)
UNTESTED = "it has no tests, and nothing that a person marks\n  Write test cases: grader new NAME"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one source: its plan, the files that were written, and why there are none.

    If it was strengthened, `survivors` of `mutants` passed the recorded test cases. `seconds` is the time
    that it took.
    """

    name: str
    path: str
    plan: Plan | None = None
    files: tuple[Path, ...] = ()
    problem: str = ""
    mutants: int = 0
    survivors: int = 0
    seconds: float = 0.0

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What did not come over."""
        return self.plan.listed if self.plan else ()


def imported(source: Read, course: Course, sandbox: Sandbox, *, strengthen: bool = False) -> Imported:
    """Import a source.

    Args:
        source: what a reader found.
        course: the course folder.
        sandbox: where the source runs.
        strengthen: whether to add test cases that find mistakes which the recorded ones let pass.

    Returns:
        what came of it.
    """
    if isinstance(source, Unreadable):
        return Imported(Path(source.path).stem, source.path, problem=source.problem)
    if course.solution(source.name).exists() or course.testcases(source.name).exists():
        return Imported(source.name, source.path, problem=taken(f"{course.root} has an assignment"))
    recording = record(source, sandbox)
    if recording.problem:
        return Imported(source.name, source.path, problem=recording.problem)
    plan = planned(source, recording)
    if not plan.items and not plan.questions:
        return Imported(source.name, source.path, plan, problem=NOTHING if plan.tests else UNTESTED)
    return proven(plan, course, sandbox, strengthen=strengthen)


def taken(by: str) -> str:
    """Return the problem of a source whose name something has."""
    return f"{by} of that name\n  Rename the notebook, or import it into another folder with --into."


def proven(plan: Plan, course: Course, sandbox: Sandbox, *, strengthen: bool = False) -> Imported:
    """Write an assignment, and take out and list what does not hold of it.

    Args:
        plan: the plan.
        course: the course folder.
        sandbox: where it runs.
        strengthen: see `imported`.

    Returns:
        what was written.
    """
    remembering = Remembering(sandbox)
    for _ in range(MOST_ROUNDS):
        made = written(plan, course)
        plan = made.plan or plan
        if not plan.items and not plan.questions:
            return _withdrawn(made)
        found = proof(plan, course, remembering)
        if not found.faults:
            right = with_limits(replace(plan, signed_off=found.remarks), found.seconds)
            return _strengthened(right, course, sandbox) if strengthen else _finished(right, made, course)
        if "" in found.faults:
            return replace(made, problem=found.faults[""])
        plan = without(plan, found)
    return replace(written(plan, course), problem="too much of it does not hold")


def _withdrawn(made: Imported) -> Imported:
    """Remove the files of an assignment of which nothing is left."""
    for path in made.files:
        path.unlink()
        with contextlib.suppress(OSError):  # others are in it
            path.parent.rmdir()
    return replace(made, files=(), problem=NOTHING)


def _finished(plan: Plan, made: Imported, course: Course) -> Imported:
    """Write the test cases of a proven assignment once more, with what is signed off and what is slow."""
    text, _, plan = testcases_text(plan)
    write_atomically(course.testcases(plan.source.name), text.encode())
    return replace(made, plan=plan)


def _strengthened(plan: Plan, course: Course, sandbox: Sandbox) -> Imported:
    """Write a proven assignment with further test cases."""
    written(plan, course)
    stronger = strengthened(plan, course, sandbox)
    again = written(stronger.plan, course)
    return replace(again, mutants=stronger.mutants, survivors=stronger.survivors)


def written(plan: Plan, course: Course) -> Imported:
    """Write an assignment into a course.

    Args:
        plan: the plan.
        course: the course folder.

    Returns:
        what was written.
    """
    source = plan.source
    folder, testing = course.folders(source.name)
    text, arrays, plan = testcases_text(plan)
    files = {
        course.root / "solutions" / f"{source.name}.py": solution_text(plan).encode(),
        course.testcases(source.name): text.encode(),
        **{folder / name: module.encode() for name, module in source.modules.items()},
        **{testing / HELPERS / name: module.encode() for name, module in source.helpers.items()},
        **{folder / name: data for name, data in source.data.items()},
        **({testing / "recorded.npz": arrays} if arrays else {}),
    }
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    return Imported(source.name, source.path, plan, tuple(files))
