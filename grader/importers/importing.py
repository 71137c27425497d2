"""Import source notebooks into a course: record, plan, write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.assignments.course import HELPERS, Course
from grader.files.atomic_files import write_atomically
from grader.importers.planning import Plan, planned
from grader.importers.proving import proof, without
from grader.importers.recording import record
from grader.importers.solution_text import solution_text
from grader.importers.source import Listed, Read, Unreadable
from grader.importers.strengthening import strengthened
from grader.importers.testcases_text import testcases_text
from grader.sandbox import Sandbox

NOTHING = "nothing of it can be graded"

MOST_ROUNDS = 12
"""How often what does not hold is taken out before all is given up."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one source: its plan, the files that were written, and why there are none.

    If it was strengthened, `survivors` of `mutants` passed the recorded test cases.
    """

    name: str
    path: str
    plan: Plan | None = None
    files: tuple[Path, ...] = ()
    problem: str = ""
    mutants: int = 0
    survivors: int = 0

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What did not come over."""
        return self.plan.listed if self.plan else ()


def imported(
    sources: Iterable[Read], course: Course, sandbox: Sandbox, *, strengthen: bool = False
) -> Iterator[Imported]:
    """Import sources, one after the other; one that fails is named, and the others go on.

    Args:
        sources: what a reader found.
        course: the course folder.
        sandbox: where the sources run.
        strengthen: whether to add test cases that find mistakes which the recorded ones let pass.

    Returns:
        an iterator of what came of each.
    """
    for source in sources:
        if isinstance(source, Unreadable):
            yield Imported(Path(source.path).stem, source.path, problem=source.problem)
            continue
        recording = record(source, sandbox)
        if recording.problem:
            yield Imported(source.name, source.path, problem=recording.problem)
            continue
        plan = planned(source, recording)
        if not plan.items and not plan.questions:
            yield Imported(source.name, source.path, plan, problem=NOTHING)
            continue
        yield proven(plan, course, sandbox, strengthen=strengthen)


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
    source = plan.source
    if course.solution(source.name).exists() or course.testcases(source.name).exists():
        return Imported(
            source.name, source.path, plan, problem=f"{course.root} has an assignment of that name"
        )
    for _ in range(MOST_ROUNDS):
        made = written(plan, course)
        plan = made.plan or plan
        if not plan.items:
            return made if plan.questions else _withdrawn(made)
        found = proof(plan, course, sandbox)
        if not found.faults:
            return _finished(made, replace(plan, signed_off=found.remarks), course, sandbox, strengthen)
        if "" in found.faults:
            return replace(made, problem=found.faults[""])
        plan = without(plan, found.faults)
    return replace(written(plan, course), problem="too much of it does not hold")


def _withdrawn(made: Imported) -> Imported:
    """Remove the files of an assignment of which nothing is left."""
    for path in made.files:
        path.unlink()
    return replace(made, files=(), problem=NOTHING)


def _finished(made: Imported, plan: Plan, course: Course, sandbox: Sandbox, strengthen: bool) -> Imported:
    """Return a proven assignment with what is signed off of it, and with further test cases if asked for."""
    if not strengthen:
        return written(plan, course) if plan.signed_off else made
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
    text, arrays, failed = testcases_text(plan)
    plan = left(plan, failed)
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


def left(plan: Plan, failed: Iterable[Listed]) -> Plan:
    """Return a plan without the items that could not be written after all, which are listed."""
    failed = tuple(failed)
    cells = {one.cell for one in failed}
    kept = [item for item in plan.items if not any(block.test.cell.number in cells for block in item.blocks)]
    return replace(plan, items=tuple(kept), listed=(*plan.listed, *failed))
