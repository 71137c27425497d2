"""Detect the assignments that a notebook is of: by its functions, nbgrader ids, titles and imports.

A name such as `compute_cost` may be of several assignments; the more have it, the less it counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.models.assignment import Wanted
from grader.models.submission import Cell
from grader.notebooks.graded_items import MARKER
from grader.notebooks.reader import read_headings
from grader.notebooks.scripts import cells_of, is_script

MOST = 0.5
"""A notebook with more than this share of the names that only one assignment has is taken for one of it."""

DEFINED = re.compile(r"^[ \t]*+(?:async[ \t]++)?(?:def|class)[ \t]++(\w+)", re.MULTILINE)
ASSIGNED = re.compile(r"^(\w++)[ \t]*+=(?!=)", re.MULTILINE)
IMPORTED = re.compile(r"^[ \t]*+(?:from|import)[ \t]++(\w+)", re.MULTILINE)
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Traits:
    """What an assignment asks for and hands out, or what a notebook has of that.

    `names` are those of functions and classes, and of variables with ` =` behind them; `modules` are those
    that are imported; `titles` are texts as `words` returns them.
    """

    names: frozenset[str] = frozenset()
    grade_ids: frozenset[str] = frozenset()
    modules: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Recognised:
    """The assignments that a notebook is of: one, none, or each of several that it has most of.

    `perhaps` are those that it may be of, where nothing decides. `besides` are others that it has most of,
    while its ids, titles or imports say that it is of these.
    """

    names: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()


def marked_functions(cells: Sequence[Cell]) -> frozenset[str]:
    """Return the graded functions that are marked in the code cells of a solution."""
    return frozenset(
        function for cell in cells if cell.kind == "code" for function in MARKER.findall(cell.source)
    )


def words(text: str) -> str:
    """Return the words of a title or a file name in lower case, separated by single blanks."""
    return " ".join(WORD.findall(text.casefold()))


def traits_of_assignment(name: str, wanted: Wanted, titles: Iterable[str] = ()) -> Traits:
    """Return the traits of an assignment.

    Args:
        name: its name.
        wanted: its graded functions, with nbgrader ids and provided modules.
        titles: its titles.

    Returns:
        the traits; a method is known by its class.
    """
    names = (f"{one} =" if one in wanted.variables else one.partition(".")[0] for one in wanted.functions)
    return Traits(
        names=frozenset(names),
        grade_ids=frozenset(wanted.grade_ids.values()),
        modules=frozenset(wanted.modules),
        titles=frozenset(map(words, (name, *titles))) - {""},
    )


def traits_of(cells: Sequence[Cell], headings: Iterable[str] = ()) -> Traits:
    """Return the traits of a notebook.

    Args:
        cells: its code cells.
        headings: the headings of its text.

    Returns:
        the traits.
    """
    # What looks like code in a text is often an outline of functions that are provided.
    text = "\n".join(cell.source for cell in cells if cell.kind == "code")
    marked = {name.partition(".")[0] for name in marked_functions(cells)}
    values = {f"{name} =" for name in (*ASSIGNED.findall(text), *marked)}
    return Traits(
        names=frozenset({*DEFINED.findall(text), *marked, *values}),
        grade_ids=frozenset(cell.grade_id for cell in cells if cell.grade_id),
        modules=frozenset(IMPORTED.findall(text)),
        titles=frozenset(map(words, headings)),
    )


def read_traits(data: bytes, file: str) -> Traits:
    """Return what tells the assignment of a submission.

    Args:
        data: the bytes of the file.
        file: its name.

    Returns:
        the traits of the notebook or script.

    Raises:
        UnreadableError: it is neither.
    """
    cells = cells_of(data, file, needs_code=False)
    return traits_of(cells, () if is_script(data, file) else read_headings(data))


def recognise(notebook: Traits, assignments: Mapping[str, Traits], file: str = "") -> Recognised:
    """Return the assignments that a notebook is of.

    Args:
        notebook: the traits of the notebook.
        assignments: the traits of each assignment.
        file: the name of the file, which counts where nothing else decides.

    Returns:
        the assignments; none if the notebook has nothing of any.
    """
    weight, most = _weights(notebook, assignments), _most(notebook, assignments)
    evidence = [most, {name for name in weight if weight[name]}, *_signs(notebook, assignments)]
    left = _narrowed({*assignments}, evidence)
    if len(left) > 1 and left <= most:
        return _recognised(assignments, left, most)
    whole = {name for name, traits in assignments.items() if traits.names and traits.names <= notebook.names}
    heaviest = {name for name in left if weight[name] == max(weight[one] for one in left) > 0}
    evidence += [whole & heaviest, heaviest, _titled([words(file)], assignments)]
    left = _narrowed(left, evidence)
    if not any(left & those for those in evidence):
        return Recognised()
    if len(left) > 1:
        return Recognised(perhaps=tuple(name for name in assignments if name in left))
    return _recognised(assignments, left, most)


def _recognised(assignments: Iterable[str], left: set[str], most: set[str]) -> Recognised:
    in_order = [name for name in assignments if name in left | most]
    names = tuple(name for name in in_order if name in left)
    return Recognised(names, besides=tuple(name for name in in_order if name not in left))


def _narrowed(left: set[str], evidence: Iterable[set[str]]) -> set[str]:
    """Return the assignments that are left by each piece of evidence in turn that speaks for one of them."""
    for those in evidence:
        left = left & those or left
    return left


def _weights(notebook: Traits, assignments: Mapping[str, Traits]) -> dict[str, float]:
    """Return how much of the names of each assignment a notebook has; what several have counts less."""
    counts = Counter(one for traits in assignments.values() for one in traits.names)
    return {
        name: sum(1 / counts[one] for one in traits.names & notebook.names)
        for name, traits in assignments.items()
    }


def _most(notebook: Traits, assignments: Mapping[str, Traits]) -> set[str]:
    """Return the assignments of which a notebook has most names that no other assignment has."""
    counts = Counter(one for traits in assignments.values() for one in traits.names)
    own = {name: {one for one in of.names if counts[one] == 1} for name, of in assignments.items()}
    return {name for name in own if len(own[name] & notebook.names) > MOST * len(own[name])}


def _signs(notebook: Traits, assignments: Mapping[str, Traits]) -> Iterator[set[str]]:
    """Yield the assignments with the notebook's ids, with its titles, and with its imports."""
    yield {name for name, traits in assignments.items() if traits.grade_ids & notebook.grade_ids}
    yield _titled(notebook.titles, assignments)
    shared = Counter(module for traits in assignments.values() for module in traits.modules)
    own = {module for module in notebook.modules if shared[module] == 1}
    yield {name for name, traits in assignments.items() if traits.modules & own}


def _titled(titles: Iterable[str], assignments: Mapping[str, Traits]) -> set[str]:
    """Return the assignments whose title is in one of some titles."""
    padded = [f" {title} " for title in titles]
    return {
        name
        for name, traits in assignments.items()
        if any(f" {own} " in title for own in traits.titles for title in padded)
    }
