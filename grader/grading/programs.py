"""Assemble the parts of submissions into programs."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from grader.models.assignment import Assignment, Wanted
from grader.models.execution import Program, StandIns, Statement
from grader.models.protocol import KEEP, LEND
from grader.models.submission import Part, Submission
from grader.notebooks.classes import without_attached
from grader.notebooks.methods import without_methods
from grader.notebooks.name_map import NameMap


def program_of(submission: Submission, wanted: Wanted, name: str = "") -> Program:
    """Return the program of the graded functions of a submission, as written; or of an item run alone.

    Args:
        submission: the submission.
        wanted: the assignment's functions and modules.
        name: the graded item that is to be run.

    Returns:
        the program.
    """
    functions = (item for item in submission.parts if item not in wanted.alone)
    names = run_with([name] if name in wanted.alone else functions, submission.parts, wanted)
    return wanted.program(merged(submission.parts[used] for used in names & submission.parts.keys()))


def run_with(items: Iterable[str], parts: Mapping[str, Part], wanted: Wanted) -> set[str]:
    """Return the items whose parts make a program that has some graded items.

    A function has the statements that set what it reads in its own part, so the slice of a graded variable
    that it reads is not run, which may take long.

    Args:
        items: the graded items.
        parts: the written items of a submission.
        wanted: the assignment's functions and variables.

    Returns:
        the names of the parts.
    """
    found = (needed_for(item, _run_uses(parts, wanted)) for item in items)
    return set[str]().union(*found) & parts.keys()


def _run_uses(parts: Mapping[str, Part], wanted: Wanted) -> dict[str, Collection[str]]:
    """Return what runs with each item: of functions, no variables."""
    variables = {*wanted.variables}
    return {name: p.uses if name in variables else p.uses - variables for name, p in parts.items()}


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
    loans, own = lendable(assignment, name), not_lent(assignment, name, parts)
    called = needed_for(name, {used: part.uses for used, part in own.items()})
    statements = _lending(
        [own[used] for used in run_with([name], own, assignment.wanted)], called & loans, names
    )
    return assignment.wanted.program(statements, _stand_ins(assignment, name, sorted(called & loans), names))


def not_lent(assignment: Assignment, name: str, parts: Mapping[str, Part]) -> dict[str, Part]:
    """Return the author's functions that remain when one function is judged in isolation.

    Args:
        assignment: the assignment of the reference.
        name: the graded function.
        parts: the author's functions.

    Returns:
        those that the reference does not supply.
    """
    loans = lendable(assignment, name)
    return {used: part for used, part in parts.items() if used not in loans}


def _lending(parts: Sequence[Part], lent: Collection[str], names: NameMap) -> tuple[Statement, ...]:
    """Merge parts, and let each variable that is lent be set where its own statements would have set it."""
    setting = _where_settled(parts, lent, lambda item: f"{LEND}{item} {names.theirs(item)}")
    return merged([*parts, Part(setting)])


def _where_settled(
    parts: Iterable[Part], lent: Collection[str], source: Callable[[str], str]
) -> tuple[Statement, ...]:
    """Return a statement for each variable that is lent, behind those that complete its value."""
    settled = {item: place for part in parts for item, place in part.settled.items() if item in lent}
    return tuple(
        Statement(cell, line, source(item), column + 1) for item, (cell, line, column) in settled.items()
    )


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
    own = {used: part for used, part in parts.items() if used != other}
    statements = _lending([own[used] for used in run_with([name], own, assignment.wanted)], [other], names)
    return assignment.wanted.program(statements, _stand_ins(assignment, name, [other], names))


@functools.lru_cache(maxsize=256)
def lendable(assignment: Assignment, name: str) -> frozenset[str]:
    """Return the functions that the reference may supply when a function is judged in isolation.

    Args:
        assignment: the assignment of the reference.
        name: the graded function.

    Returns:
        what its reference calls, directly or not, unless that depends on the function in turn. Methods of
        one class may depend on each other: each of them is lent without the method itself. What gives no
        points is not lent, or a mistake in it would cost nothing anywhere.
    """
    uses = _uses(assignment)
    unmarked = {exercise.name for exercise in assignment.exercises if exercise.points == 0}
    needed = needed_for(name, uses) & assignment.reference.parts.keys()  # empty for `grader check`
    return frozenset(
        used
        for used in needed - unmarked - {name}
        if name not in needed_for(used, uses) or _siblings(name, used)
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
    reference = assignment.reference.parts
    needed = run_with(lent, reference, assignment.wanted) - {name}
    statements = merged(reference[need] for need in needed)
    methods = [one for one in reference if "." in one and one not in needed]
    sources = [assignment.reference.functions[one].source for one in methods]
    left = without_attached(statements, methods, sources) if methods else statements
    own = tuple(without_methods(statement, methods) for statement in left)
    of = assignment.wanted.of
    parts = [reference[one] for one in (*needed, name) if one in reference]  # `grader check` has none
    kept = _where_settled(parts, lent, lambda item: f"{KEEP}{item} {of.get(item, item)}")
    adapters = [Statement(0, 1, source) for used in lent if (source := names.adapter_to_theirs(used))]
    return StandIns((*merged([Part((*own, *kept))]), *adapters), {used: names.theirs(used) for used in lent})


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
