"""Puts the parts of submissions together into programs."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping

from grader.models.assignment import Assignment, Wanted
from grader.models.execution import Program, StandIns, Statement
from grader.models.submission import Part, Submission
from grader.notebooks.name_map import NameMap


def program_of(submission: Submission, wanted: Wanted) -> Program:
    """The program that all graded functions of a submission make up, as it was written."""
    return Program(merged(submission.parts.values()), wanted.modules)


def merged(parts: Iterable[Part]) -> tuple[Statement, ...]:
    """The statements of several parts, each once, in the order of the notebook; adapters come last."""
    statements = {statement for part in parts for statement in part.statements}
    return tuple(sorted(statements, key=lambda s: (s.cell == 0, s.place)))


def sha256_of(part: Part, wanted: Wanted) -> str:
    """The digest of what is run of one function: its statements, and the modules they may import."""
    return _sha256(tuple([statement.source for statement in part.statements]), tuple(wanted.modules))


@functools.lru_cache(maxsize=1024)
def _sha256(sources: tuple[str, ...], modules: tuple[str, ...]) -> str:
    texts = "\0".join((*sources, *sorted(modules), ""))
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()


def isolated_program(assignment: Assignment, name: str, parts: Mapping[str, Part], names: NameMap) -> Program:
    """One graded function by itself: lent the reference of what its own reference calls, and nothing else.

    Whatever else it calls is its author's own version, with all that this calls. The reference of the
    function itself is never in it, nor that of any function that needs it.
    """
    loans = lendable(assignment, name)
    called = needed_for(name, {used: part.uses for used, part in parts.items() if used not in loans})
    own = merged(parts[used] for used in called & parts.keys() - loans)
    return Program(own, assignment.wanted.modules, _stand_ins(assignment, sorted(called & loans), names))


def program_beside(
    assignment: Assignment, name: str, other: str, parts: Mapping[str, Part], names: NameMap
) -> Program:
    """A graded function as it was written, but for one that it needs, which is the reference's."""
    needed = needed_for(name, {used: part.uses for used, part in parts.items()}) & parts.keys() - {other}
    statements = merged(parts[used] for used in needed)
    return Program(statements, assignment.wanted.modules, _stand_ins(assignment, [other], names))


@functools.lru_cache(maxsize=256)
def lendable(assignment: Assignment, name: str) -> frozenset[str]:
    """What the reference of a graded function calls, directly or not, and may be lent to it."""
    uses = _uses(assignment)
    needed = needed_for(name, uses) & assignment.reference.parts.keys()  # students have no reference
    return frozenset(used for used in needed if name not in needed_for(used, uses))


def _uses(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    return {exercise.name: exercise.uses for exercise in assignment.exercises}


def _stand_ins(assignment: Assignment, lent: Iterable[str], names: NameMap) -> StandIns:
    """The reference's versions of some graded functions, with all that they call."""
    uses, reference = _uses(assignment), assignment.reference.parts
    statements = merged(reference[need] for used in lent for need in needed_for(used, uses))
    adapters = [Statement(0, 1, source) for used in lent if (source := names.adapter_to_theirs(used))]
    return StandIns((*statements, *adapters), tuple(names.theirs(used) for used in lent))


def needed_for(name: str, uses: Mapping[str, Collection[str]]) -> set[str]:
    """A graded function and all that it calls, directly or not, when `uses` has what each calls itself."""
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        used = waiting.pop()
        if used not in needed:
            needed.add(used)
            waiting += uses.get(used, ())
    return needed


def needed_by(name: str, parts: Mapping[str, Part]) -> list[str]:
    """A graded function and all that it calls, directly or not, in the order of their names."""
    return sorted(needed_for(name, {used: part.uses for used, part in parts.items()}))
