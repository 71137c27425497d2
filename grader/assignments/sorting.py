"""Sort submissions by the assignment that each is of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.assignments.definition import Definition
from grader.errors import UnreadableError
from grader.notebooks.assignment_detection import (
    Recognised,
    Traits,
    read_traits,
    recognise,
    traits_of_assignment,
)
from grader.submissions import Handed, read


@dataclass(frozen=True, slots=True)
class Sorted:
    """Submissions by their assignments, and those that are left.

    `left` has, for each submission that is of no assignment or of nobody knows which, the reason. `remarks`
    are on submissions that are of one, or of several, though they have most of others too.
    """

    of: Mapping[str, Sequence[Handed]]
    left: Sequence[tuple[Handed, str]]
    remarks: Sequence[str]


def sort(handed: Sequence[Handed], definitions: Sequence[Definition]) -> Sorted:
    """Sort submissions by the assignment that each is of.

    Args:
        handed: the submissions; students without one are left out.
        definitions: the assignments.

    Returns:
        the submissions of each assignment that has some, and the others.
    """
    assignments = {definition.name: traits_of(definition) for definition in definitions}
    of: dict[str, list[Handed]] = {name: [] for name in assignments}
    left: list[tuple[Handed, str]] = []
    remarks: list[str] = []
    for one in handed:
        if one.absent:
            continue
        found, reason = _recognised(one, assignments)
        for name in found.names:
            of[name].append(one)
        if not found.names:
            left.append((one, reason))
        remarks += _remarks(one, found)
    return Sorted({name: those for name, those in of.items() if those}, left, remarks)


def traits_of(definition: Definition) -> Traits:
    """Return what tells the notebooks of an assignment from others."""
    stem = definition.notebook.rpartition(".")[0]
    return traits_of_assignment(definition.name, definition.wanted, (definition.title, stem))


def _recognised(handed: Handed, assignments: Mapping[str, Traits]) -> tuple[Recognised, str]:
    """Return the assignments of a submission, and the reason if it is of none."""
    try:
        traits, reason = read_traits(read(handed), handed.file), ""
    except UnreadableError as error:
        traits, reason = Traits(), str(error)
    found = recognise(traits, assignments, handed.file)
    if found.perhaps:
        names = " or ".join(found.perhaps)
        return found, f"it may be of {names}: what it has is in each. Grade it as one: grader grade NAME FILE"
    return found, reason or f"it has nothing of any assignment: {', '.join(assignments)}."


def _remarks(handed: Handed, found: Recognised) -> Iterator[str]:
    if len(found.names) > 1:
        each = " and of ".join(found.names)
        yield f"{handed.file}: it has most functions of {each}, and is graded as each."
    if found.besides:
        yield (
            f"{handed.file}: it is graded as {' and '.join(found.names)}, though it has most functions of "
            f"{' and of '.join(found.besides)} too."
        )
