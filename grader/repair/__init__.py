"""Make candidate repairs of a wrong function: versions with one change of its text, or from a right one."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.mutation.operator import code
from grader.repair import keys, moves, own_text, transplants, wording
from grader.repair.source_text import Change, FunctionText, lines_of


@dataclass(frozen=True, slots=True)
class Candidate:
    """A version of a function with one change.

    `lines` are the first and the last line of the function that it concerns, from 1; `says` names what is
    changed, in the words of the function's own text. `edit` is the change, empty where it is a right
    version's. `size` tells how large a part of the function is changed: the smaller, the likelier. `written`
    is the new text alone, the same for equal changes.
    """

    source: str
    lines: tuple[int, int]
    says: str
    edit: str
    size: int
    written: str = ""


LONGEST = 12_000
"""Characters of a function up to which there are candidates."""

LARGEST = 1_000
"""Nodes of its syntax tree up to which there are candidates: each may cost as much as writing all anew."""

PARTS = 30
"""Parts of a formatted text up to which there are candidates: it is written anew as a whole, and slowly."""

SPREAD = 2
"""The size of changes of several places: moves, and the same change of all that is alike."""

EDITS = 5_000
"""The edits of one kind of which candidates are made, before equal ones are left out."""


def candidates(source: str, right: Sequence[str], most: int) -> Iterator[list[Candidate]]:
    """Yield the candidates of a function, those of one size together, the smallest changes first.

    Args:
        source: the source of the wrong function.
        right: sources of right versions: the reference and accepted ones.
        most: how many candidates there are at most.

    Returns:
        an iterator of lists; all candidates are different. There is none if the source is not one function,
        or a very large one.
    """
    text = parsed(source)
    if text is None or _is_large(text):
        return
    if asserts := text.asserts:
        source = text.applied([text.passed_over(one) for one in asserts])
        yield [Candidate(source, lines_of(*asserts), wording.asserts(asserts), "left out", 0)]
        text = FunctionText(source)
    seen = {source}
    for size, changes in enumerate(_by_size(text, right), start=1):
        found: list[Candidate] = []
        for change in itertools.islice(changes, EDITS):
            made = text.applied(change.splices)
            if made not in seen:
                seen.add(made)
                edit = "" if asserts else change.edit  # by itself it leaves the assertion in the way
                written = " | ".join(sorted(splice.text for splice in change.splices))
                found.append(Candidate(made, change.lines, change.says, edit, size, written))
            if len(seen) >= most:
                break
        yield found
        if len(seen) >= most:
            return


def _is_large(text: FunctionText) -> bool:
    """Return whether a function is so large that its candidates would take long: no honest one is."""
    every = [*ast.walk(text.function)]
    formatted = (len(node.values) for node in every if isinstance(node, ast.JoinedStr))
    return len(text.source) > LONGEST or len(every) > LARGEST or max(formatted, default=0) > PARTS


def parsed(source: str) -> FunctionText | None:
    """Return the text of a function; None if the source is not one function."""
    try:
        return FunctionText(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _by_size(text: FunctionText, right: Sequence[str]) -> Iterator[Iterable[Change]]:
    """Yield kinds of changes, those of small parts of a function first."""
    own = [*itertools.islice(own_text.edits(text), EDITS)]
    yield (_change(text, edit) for edit in own)
    versions = [other.function for one in right if (other := parsed(one))]
    of_keys = itertools.chain(keys.changes(text), keys.in_right_letters(text, versions))
    yield itertools.chain(moves.changes(text), of_keys, _everywhere(text, own))
    donors = [transplants.donor_for(text, version) for version in versions]
    yield (change for donor in donors for change in transplants.of_statements(text, donor))
    yield (_change(text, edit) for edit in own_text.names(text))
    yield (change for donor in donors for change in transplants.of_lines(text, donor))
    yield (change for donor in donors for change in transplants.of_blocks(text, donor))


def _change(text: FunctionText, edit: own_text.Edit) -> Change:
    says = wording.expression(text, edit.old, edit.new)
    old, new = text.enclosing(edit.old, edit.new)
    shown = f"{code(new)} instead of {code(old)}"
    return Change((text.replacing(edit.old, edit.new),), lines_of(edit.old), says, shown)


def _everywhere(text: FunctionText, edits: Iterable[own_text.Edit]) -> Iterator[Change]:
    """Yield the edits that can be made at several places, made at all of them."""
    alike: dict[tuple[str, str], list[own_text.Edit]] = {}
    for edit in edits:
        if isinstance(edit.old, ast.expr):
            alike.setdefault((ast.unparse(edit.old), ast.unparse(edit.new)), []).append(edit)
    for (_, shown), same in alike.items():
        places = {edit.old: edit for edit in same}.values()
        if len(places) > 1:
            splices = tuple(dict.fromkeys(text.replacing(edit.old, edit.new) for edit in places))
            says = wording.everywhere(text, same[0].old, same[0].new)
            instead = f"`{shown}` instead of {code(same[0].old)}"
            yield Change(splices, lines_of(*(edit.old for edit in places)), says, instead)
