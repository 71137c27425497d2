"""Assemble the parts of submissions into programs."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Collection, Iterable, Mapping

from grader.models.assignment import Assignment, Wanted
from grader.models.execution import Program, StandIns, Statement
from grader.models.submission import Part, Submission
from grader.notebooks.methods import without_methods
from grader.notebooks.name_map import NameMap


def program_of(submission: Submission, wanted: Wanted, name: str = "") -> Program:
    """Return the program of all graded functions of a submission, as written; or of one variable.

    What leads to a variable may take long, so no function is run beside it.

    Args:
        submission: the submission.
        wanted: the assignment's functions and modules.
        name: the graded item that is to be run.

    Returns:
        the program.
    """
    if name in wanted.variables:
        names = needed_for(name, {used: part.uses for used, part in submission.parts.items()})
    else:
        names = {*submission.parts} - {*wanted.variables}
    return wanted.program(merged(submission.parts[used] for used in names & submission.parts.keys()))


def merged(parts: Iterable[Part]) -> tuple[Statement, ...]:
    """Return the statements of several parts, each once, in notebook order; name adapters come last."""
    statements = {statement for part in parts for statement in part.statements}
    return tuple(sorted(statements, key=lambda s: (s.cell == 0, s.place)))


def sha256_of(part: Part, wanted: Wanted) -> str:
    """Return the digest of one function's program.

    Args:
        part: the statements that it needs.
        wanted: the assignment's modules, which the statements may import.

    Returns:
        a SHA-256 digest in hexadecimal.
    """
    return _sha256(tuple([statement.source for statement in part.statements]), tuple(wanted.modules))


@functools.lru_cache(maxsize=1024)
def _sha256(sources: tuple[str, ...], modules: tuple[str, ...]) -> str:
    texts = "\0".join((*sources, *sorted(modules), ""))
    return hashlib.sha256(texts.encode("utf-8", "surrogatepass")).hexdigest()


def isolated_program(assignment: Assignment, name: str, parts: Mapping[str, Part], names: NameMap) -> Program:
    """Return the program that judges one function in isolation.

    The reference supplies what its own version of the function calls, and nothing else; whatever else the
    function calls is the author's version with its dependencies. The reference of the function itself is
    never included, nor that of any function that depends on it.

    Args:
        assignment: the assignment of the reference.
        name: the graded function.
        parts: the author's functions.
        names: the author's own names of graded functions.

    Returns:
        the program, with the reference's functions as stand-ins.
    """
    loans = lendable(assignment, name)
    called = needed_for(name, {used: part.uses for used, part in parts.items() if used not in loans})
    own = merged(parts[used] for used in called & parts.keys() - loans)
    return assignment.wanted.program(own, _stand_ins(assignment, name, sorted(called & loans), names))


def program_beside(
    assignment: Assignment, name: str, other: str, parts: Mapping[str, Part], names: NameMap
) -> Program:
    """Return the program of a function as written, with one dependency replaced by the reference's.

    Args:
        assignment: the assignment of the reference.
        name: the graded function.
        other: the dependency to replace.
        parts: the author's functions.
        names: the author's own names of graded functions.

    Returns:
        the program, with the replaced function as a stand-in.
    """
    needed = needed_for(name, {used: part.uses for used, part in parts.items()}) & parts.keys() - {other}
    statements = merged(parts[used] for used in needed)
    return assignment.wanted.program(statements, _stand_ins(assignment, name, [other], names))


@functools.lru_cache(maxsize=256)
def lendable(assignment: Assignment, name: str) -> frozenset[str]:
    """Return the functions that the reference may supply when a function is judged in isolation.

    Args:
        assignment: the assignment of the reference.
        name: the graded function.

    Returns:
        what its reference calls, directly or not, unless that depends on the function in turn. Methods of
        one class may depend on each other: each of them is lent without the method itself.
    """
    uses = _uses(assignment)
    needed = needed_for(name, uses) & assignment.reference.parts.keys()  # empty for `grader check`
    return frozenset(
        used for used in needed - {name} if name not in needed_for(used, uses) or _siblings(name, used)
    )


def _siblings(name: str, other: str) -> bool:
    """Return whether two graded items are methods of one class."""
    owner, dot, _ = name.partition(".")
    return bool(dot) and other.startswith(f"{owner}.")


def _uses(assignment: Assignment) -> dict[str, tuple[str, ...]]:
    return {exercise.name: exercise.uses for exercise in assignment.exercises}


def _stand_ins(assignment: Assignment, name: str, lent: Collection[str], names: NameMap) -> StandIns:
    """Return the reference's versions of what is lent to a graded function, with their dependencies.

    Of a class of which a method is lent, the graded methods that are not are left out.
    """
    uses, reference = _uses(assignment), assignment.reference.parts
    needed = {need for used in lent for need in needed_for(used, uses)} - {name}
    statements = merged(reference[need] for need in needed)
    methods = [one for one in reference if "." in one and one not in needed]
    own = tuple(without_methods(statement, methods) for statement in statements)
    adapters = [Statement(0, 1, source) for used in lent if (source := names.adapter_to_theirs(used))]
    return StandIns((*own, *adapters), tuple(names.theirs(used) for used in lent))


def needed_for(name: str, uses: Mapping[str, Collection[str]]) -> set[str]:
    """Return the dependencies of a graded function, direct and indirect.

    Args:
        name: the graded function.
        uses: function -> the functions that it calls itself.

    Returns:
        their names, with the function itself.
    """
    needed: set[str] = set()
    waiting = [name]
    while waiting:
        used = waiting.pop()
        if used not in needed:
            needed.add(used)
            waiting += uses.get(used, ())
    return needed


def needed_by(name: str, parts: Mapping[str, Part]) -> list[str]:
    """Return the dependencies of a graded function, direct and indirect.

    Args:
        name: the graded function.
        parts: the functions of a submission.

    Returns:
        their names in alphabetical order, with the function itself.
    """
    return sorted(needed_for(name, {used: part.uses for used, part in parts.items()}))
