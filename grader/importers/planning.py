"""Turn what was recorded of each test into graded items, or say why it cannot be."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from grader.comparison.proxies import READ
from grader.importers.helper_text import with_called
from grader.importers.recording import Recorded, Recording, Step
from grader.importers.signatures import Signature, signatures
from grader.importers.source import Listed, Role, SourceCell, SourceNotebook
from grader.importers.test_text import is_about_properties, is_empty, looked_at

Way = Literal["value", "cases", "steps", "assertion"]
"""How a test comes over: by the value of a variable, by plain calls, by recorded steps, by its own text."""


CALLED = ("function", "class")
"""The kinds of items of which each test has points of its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """What one test gives to one item: its points, and the steps or calls, each hidden or not."""

    test: Recorded
    way: Way
    points: float
    steps: tuple[Step, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One graded item of the imported assignment, and the number of the cell that students write it in.

    `of` is what the notebook calls it: of what several cells set or define, the first ones have other names.

    `further` are test cases that no test of the source has, each with the mistake that it shows. `seconds` is
    the time limit of a call, 0 for the usual one.
    """

    name: str
    kind: str
    cell: int
    grade_id: str
    blocks: tuple[Block, ...]
    signature: Signature | None = None
    further: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    of: str = ""
    seconds: int = 0

    @property
    def points(self) -> float:
        """The points of the item."""
        return round(sum(block.points for block in self.blocks), 9)

    @property
    def asserts(self) -> bool:
        """Whether a test of it comes over by its own text."""
        return any(block.way == "assertion" for block in self.blocks)

    @property
    def is_called(self) -> bool:
        """Whether it is a function or a class, of which each test has points of its own."""
        return self.kind in CALLED

    @property
    def is_plain(self) -> bool:
        """Whether all of it are plain calls, so that it needs no driver."""
        return all(block.way == "cases" for block in self.blocks)

    @property
    def only_reads(self) -> bool:
        """Whether it is a value of which no test does more than read it."""
        return self.kind == "value" and all(s.kind == READ for block in self.blocks for s in block.steps)

    def without(self, gone: Sequence[Block]) -> Item | None:
        """Return the item without some of its tests; None if what is left gives no points, and they do."""
        kept = tuple(block for block in self.blocks if not any(block is one for one in gone))
        enough = any(block.points > 0 for block in kept) or (kept and self.points == 0)
        return _merged(replace(self, blocks=kept)) if enough else None


@dataclass(frozen=True, slots=True)
class Plan:
    """The imported assignment: its items, the cells that a person marks, and what does not come over.

    `errors` are those of cells of the source that are no tests; `signed_off` has what `grader validate` would
    remark on the tests as they are, by item.
    """

    source: SourceNotebook
    items: tuple[Item, ...] = ()
    questions: tuple[SourceCell, ...] = ()
    listed: tuple[Listed, ...] = ()
    errors: Mapping[int, str] = field(default_factory=dict)
    signed_off: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def tests(self) -> int:
        """The number of tests of the source."""
        return sum(1 for _ in self.source.of_role(Role.TEST))

    def came_over(self, *ways: str) -> int:
        """Return the number of tests that came over whole, in some ways or in any."""
        blocks = [block for item in self.items for block in item.blocks]
        cells = {block.test.cell for block in blocks if not ways or block.way in ways}
        listed = {(one.cell, one.title, one.text) for one in self.listed}
        return sum((cell.number, cell.title, cell.source) not in listed for cell in cells)


def planned(source: SourceNotebook, recording: Recording) -> Plan:
    """Return how a notebook comes over.

    Args:
        source: the notebook.
        recording: what was noted of it.

    Returns:
        the plan.
    """
    questions = tuple(source.of_role(Role.MANUAL, Role.QUESTION))
    scored = sum(test.cell.points for test in recording.tests)
    placed: dict[str, list[Block]] = {}
    kinds: dict[str, str] = {}
    listed = [*source.listed]
    known = _Signatures(source)
    earlier: list[int] = []
    for test in recording.tests:
        names = _focus(test, earlier)
        earlier.append(test.cell.number)
        points = test.cell.points if scored else 1.0
        if problem := _cannot(test, names, known):
            listed.append(listed_test(test, points, *problem))
            continue
        text = with_called("\n".join(piece.source for piece in test.cell.pieces), source.helpers)
        for block, name in _blocks(test, names, points, known.of(test), text):
            placed.setdefault(name, []).append(block)
            kinds[name] = test.about[name]
    apart, elsewhere = _by_cell(source, placed, known)
    items = [
        replace(_item(source, name, kinds[name], blocks, recording, known), name=item, of=name)
        for item, name, blocks in apart
    ]
    return Plan(source, tuple(map(_merged, items)), questions, (*listed, *elsewhere), recording.errors)


def _focus(test: Recorded, earlier: Sequence[int]) -> tuple[str, ...]:
    """Return the items that a test is about: of what it reads, what was set since the test before."""
    if test.cell.of:
        return tuple(name for name in test.cell.of if name in test.about)
    cells = {name: test.cells[name] for name, kind in test.about.items() if kind != "other"}
    if not cells:
        return ()
    newest = max(cells.values())
    floor = max((number for number in earlier if number < newest), default=0)
    recent = [name for name, number in cells.items() if number > floor]
    called = {step.on for step in test.steps if isinstance(step.on, str)}
    return tuple(name for name in recent if name in called) or tuple(recent)


class _Signatures:
    """How functions are called, and which definitions are items of their own: those of cells with an id."""

    def __init__(self, source: SourceNotebook) -> None:
        self._source = source
        self._ids = {cell.number for cell in source.cells if cell.grade_id}
        self._last = signatures(source)

    def is_apart(self, test: Recorded, name: str) -> bool:
        """Return whether a test is of a definition that a later cell replaces; its own has to have an id."""
        return name in test.again and test.about[name] in CALLED and test.cells[name] in self._ids

    def of(self, test: Recorded) -> Mapping[str, Signature]:
        """Return the signatures of functions, as they are when a test runs if that is another definition."""
        if not any(self.is_apart(test, name) for name in test.again):
            return self._last
        above = (cell for cell in self._source.cells if cell.number < test.cell.number)
        return {**self._last, **signatures(replace(self._source, cells=tuple(above)))}


def _cannot(test: Recorded, names: Sequence[str], known: _Signatures) -> tuple[str, str] | None:
    """Return why a test cannot come over and what to write instead; None if it can."""
    text = "\n".join(piece.source for piece in test.cell.pieces)
    if test.error:
        return (
            f"it fails with the source's own answers: {test.error}",
            "Mend the source, or write test cases.",
        )
    if looks := looked_at(text):
        return looks
    if test.cannot:
        return f"the test calls with {test.cannot[0]}", "Write test cases for it."
    if not names and is_empty(text):
        return "it has no code", "Write what it tests, or leave it out."
    if not names:
        return (
            "it reads nothing that students define",
            "Grade what it is about by @variable or @exercise, or by a question().",
        )
    if not test.steps:
        return "it does nothing with what it names", "Let it call what it tests."
    again = [n for n in names if n in test.again and test.about[n] in CALLED and not known.is_apart(test, n)]
    if again and not test.holds:
        return (
            f"{', '.join(again)} is defined again in a later cell, and the test does not hold of that",
            "Give it a name of its own in each cell.",
        )
    return None


def listed_test(test: Recorded, points: float, reason: str, advice: str) -> Listed:
    """Return a test as it is listed if it does not come over.

    Args:
        test: the test.
        points: its points.
        reason: why it does not.
        advice: what to write instead.

    Returns:
        the entry of the list.
    """
    return Listed(test.cell.number, test.cell.title, test.cell.source, reason, advice, points)


# ---------------------------------------------------------------- blocks


def _blocks(
    test: Recorded, names: Sequence[str], points: float, known: Mapping[str, Signature], text: str
) -> Iterable[tuple[Block, str]]:
    """Yield what a test gives to each of its items; `text` has the functions that it calls too."""
    told = "AUTOTEST" in test.cell.source or any(piece.output for piece in test.cell.pieces)
    told = told or not re.search(r"assert|raise", text, re.IGNORECASE)  # it shows what answers are
    if not (told or not is_about_properties(text)) or not _is_told(test, names):
        hidden = any(piece.hidden for piece in test.cell.pieces)
        yield by_its_text(Block(test, "assertion", points, test.steps, hidden)), names[0]
        return
    for name, share in zip(names, _shares(points, len(names)), strict=True):
        steps = _steps_of(test, name)
        hidden = all(step.hidden for step in steps)
        yield Block(test, _way(test.about[name], name, steps, known), share, steps, hidden), name


def by_assertions(item: Item, judged: Sequence[Block]) -> Item:
    """Return an item of which some tests come over by their own texts.

    Args:
        item: the item.
        judged: those of its tests.

    Returns:
        the same tests, with all that those do.
    """
    blocks = (by_its_text(one) if any(one is block for block in judged) else one for one in item.blocks)
    return replace(item, blocks=tuple(blocks))


def by_its_text(block: Block) -> Block:
    """Return a test that its own text judges, with all that it does, and the classes that it asks for."""
    asks = re.search(
        r"isinstance|__class__|\btype\(", "\n".join(one.source for one in block.test.cell.pieces)
    )
    steps = tuple(step.with_kind() for step in block.test.steps) if asks else block.test.steps
    return replace(block, way="assertion", steps=steps)


def _is_told(test: Recorded, names: Sequence[str]) -> bool:
    """Return whether what is seen of each item can be compared."""
    return all(
        test.about[name] == "value" or any(not {"object"} & {*step.marks} for step in _steps_of(test, name))
        for name in names
    )


def _way(kind: str, name: str, steps: Sequence[Step], known: Mapping[str, Signature]) -> Way:
    if kind == "value":
        return "value"
    plain = kind == "function" and name in known
    return "cases" if plain and all(known[name].case_of(step) is not None for step in steps) else "steps"


def _steps_of(test: Recorded, name: str) -> tuple[Step, ...]:
    """Return the steps that begin with a name, with those whose results they use, renumbered."""
    wanted: set[int] = set()
    for i, step in enumerate(test.steps):
        if step.on == name or step.on in wanted:
            wanted.add(i)
    waiting = [*wanted]
    while waiting:
        for used in _uses(test.steps[waiting.pop()]):
            if used not in wanted:
                wanted.add(used)
                waiting.append(used)
    order = {old: new for new, old in enumerate(sorted(wanted))}
    return tuple(test.steps[old].moved(order) for old in sorted(wanted))


def _uses(step: Step) -> list[int]:
    inside = [
        one["$step"] for one in (*step.args, *step.keys.values()) if isinstance(one, dict) and "$step" in one
    ]
    return [*inside, *([step.on] if isinstance(step.on, int) else [])]


def _shares(points: float, count: int) -> list[float]:
    """Return points in equal shares of whole hundredths; the last one has the rest."""
    if count == 1:
        return [points]
    share = int(points * 100 / count) / 100
    return [*[share] * (count - 1), round(points - share * (count - 1), 4)]


# ---------------------------------------------------------------- items


def _by_cell(
    source: SourceNotebook, placed: Mapping[str, Sequence[Block]], known: _Signatures
) -> tuple[list[tuple[str, str, Sequence[Block]]], list[Listed]]:
    """Return the items, each with the name of the notebook and its tests: one for each cell that sets it.

    The last cell that sets it has its name. Earlier ones are known by their ids. Variables of others are
    listed; functions of others are judged by their last definitions.
    """
    taken = {word for cell in source.cells for word in re.findall(r"\w+", cell.source)}
    ids = {cell.number: cell.grade_id for cell in source.cells}
    found: list[tuple[str, str, Sequence[Block]]] = []
    listed: list[Listed] = []
    for name, blocks in placed.items():
        called = (one for i in itertools.count(1) if (one := f"{name}_{i}") not in taken)
        if blocks[-1].test.about[name] in CALLED:
            first = [block for block in blocks if known.is_apart(block.test, name)]
            for cell in sorted({block.test.cells[name] for block in first}):
                own = [block for block in first if block.test.cells[name] == cell]
                found.append((next(called), name, own))
            rest = [block for block in blocks if not known.is_apart(block.test, name)]
            found += [(name, name, rest)] if rest else []
            continue
        cells = sorted({block.test.cells[name] for block in blocks})
        for cell in cells:
            own = [block for block in blocks if block.test.cells[name] == cell]
            if cell == cells[-1] or ids.get(cell):
                found.append((name if cell == cells[-1] else next(called), name, own))
                continue
            reason = f"{name} is set again in cell {cells[-1]}, where it is graded too"
            listed += [listed_test(b.test, b.points, reason, "Give it a name of its own there.") for b in own]
    return found, listed


def _item(
    source: SourceNotebook,
    name: str,
    kind: str,
    blocks: Sequence[Block],
    recording: Recording,
    known: _Signatures,
) -> Item:
    last = blocks[-1].test
    kind = last.about[name] if kind in CALLED else kind
    is_last = kind in CALLED and not known.is_apart(last, name)
    number = recording.graded.get(name, 0) if is_last else last.cells[name]
    cell = next((one for one in source.cells if one.number == number), None)
    if kind == "value" and any(block.way == "value" for block in blocks):
        blocks = [replace(block, way="value") for block in blocks]  # what equals it has its properties too
    item = Item(name, kind, number, cell.grade_id if cell else "", tuple(blocks), known.of(last).get(name))
    return by_assertions(item, item.blocks) if item.asserts and not item.is_called else item


def _merged(item: Item) -> Item:
    """Return an item whose tests without points strengthen the first one that has some, if one has."""
    first = next((block for block in item.blocks if block.points > 0), None)
    free = [block for block in item.blocks if block.points <= 0]
    if first is None or not free:
        return item
    joined = [replace(block, points=0.0) for block in free]
    rest = [block for block in item.blocks if block.points > 0 and block is not first]
    return replace(item, blocks=(first, *joined, *rest))
