"""Write the test cases of an imported assignment."""

from __future__ import annotations

import ast
import keyword
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from grader.comparison.proxies import READ
from grader.importers.assertion_text import Assertion, assertion_of, joined
from grader.importers.literals import RECORDED, CannotWriteError, Literals
from grader.importers.planning import Block, Item, Plan, listed_test
from grader.importers.recording import Step
from grader.importers.signatures import Signature, raised_by
from grader.importers.source import Listed

SO = "The tests of the source are so."

WIDTH = 100
"""The characters of a line of a comment."""


def testcases_text(plan: Plan) -> tuple[str, bytes | None, Plan]:
    """Return the file of test cases of a plan.

    Args:
        plan: the plan.

    Returns:
        its text, the file of large arrays if there are any, and the plan as it is written: without the tests
        that cannot be, which are listed.
    """
    literals = Literals()
    try:
        items = [_Written(item, literals, plan).text() for item in plan.items]
    except CannotWriteError:
        return testcases_text(_writable(plan))
    questions = [_question(one.title, one.points, one.grade_id) for one in plan.questions]
    body = "\n\n\n".join([*items, *(["\n".join(questions)] if questions else [])])
    text = f"{_head(plan, body, literals)}\n\n\n{body}\n{_signed(plan)}{_listing(plan.listed)}"
    return text, literals.archive() if literals.arrays else None, plan


def _writable(plan: Plan) -> Plan:
    """Return a plan without the tests that cannot be written, which are listed."""
    kept: list[Item] = []
    listed = [*plan.listed]
    for item in plan.items:
        whole = _problem(item, plan)
        alone = [whole and _problem(replace(item, blocks=(block,)), plan) for block in item.blocks]
        reasons = alone if any(alone) else [whole] * len(alone)
        tried = [*zip(item.blocks, reasons, strict=True)]
        left = item.without([block for block, reason in tried if reason])
        kept += [] if left is None else [left]
        listed += [
            listed_test(block.test, block.points, reason or whole, "Write test cases for it.")
            for block, reason in tried
            if reason or left is None
        ]
    return replace(plan, items=tuple(kept), listed=tuple(listed))


def _problem(item: Item, plan: Plan) -> str:
    """Return why an item cannot be written."""
    try:
        _Written(item, Literals(), plan).text()
    except CannotWriteError as error:
        return str(error)
    return ""


def _head(plan: Plan, body: str, literals: Literals) -> str:
    lines = [f'"""The test cases of {plan.source.name}, recorded from {plan.source.notebook}."""', ""]
    if literals.arrays:
        lines += ["from pathlib import Path", ""]
    lines += ["import numpy as np"]
    lines += ["import pandas as pd"] if "pd." in body else []
    used = [name for name in ("exercise", "part", "question", "variable") if f"{name}(" in body]
    lines += [
        "",
        f"from grader.testcase import {', '.join(used)}",
        "",
        f"NOTEBOOK = {plan.source.notebook!r}",
    ]
    if literals.arrays:
        lines += [f'{RECORDED} = np.load(Path(__file__).with_suffix("") / "recorded.npz")']
    return "\n".join(lines)


def _question(name: str, points: float, grade_id: str) -> str:
    given = f", grade_id={grade_id!r}" if grade_id else ""
    return f"question({name!r}, points={points or 1:g}{given})"


def _signed(plan: Plan) -> str:
    """Return what is signed off, since the tests of the source are so."""
    if not plan.signed_off:
        return ""
    lines = ["", "", "SIGNED_OFF = {"]
    for name, remarks in plan.signed_off.items():
        reasons = [f"        {remark!r}: {SO!r}," for remark in remarks]
        lines += [f"    {name!r}: {{", *reasons, "    },"]
    return "\n".join([*lines, "}", ""])


def _listing(listed: Iterable[Listed]) -> str:
    """Return what did not come over, as comments."""
    lines: list[str] = []
    for one in listed:
        where = f"cell {one.cell}" if one.cell else "the folder"
        points = f", {one.points:g} points" if one.points else ""
        lines += ["", "", f"# NOT BROUGHT OVER: {one.title} ({where}{points}): {one.reason}."]
        lines += [f"# {one.advice}"]
        lines += [f"#     {line}".rstrip() for line in one.text.split("\n") if one.text]
    return "\n".join(lines) + ("\n" if lines else "")


class _Written:
    """The text of one item."""

    def __init__(self, item: Item, literals: Literals, plan: Plan) -> None:
        self.item, self.literals, self.plan = item, literals, plan
        self.name = item.name if not keyword.iskeyword(item.name) else f"{item.name}_"
        self.several = len([block for block in item.blocks if block.points > 0]) > 1
        self.assertions = self._asserted(plan)

    def text(self) -> str:
        """Return the declaration, with its driver and assertions."""
        if self.item.is_called:
            return self._exercise()
        return self._variable()

    def _asserted(self, plan: Plan) -> dict[int, Assertion]:
        """Return the assertions by the number of the block; those of a variable are one."""
        made = {
            i: assertion_of(block, f"cell {block.test.cell.number}", plan)
            for i, block in enumerate(self.item.blocks)
            if block.way == "assertion"
        }
        if self.item.is_called or not made:
            return made
        return {0: joined(made.values(), _cells(self.item.blocks))}

    # ------------------------------------------------------------ functions and classes

    def _exercise(self) -> str:
        item = self.item
        blocks = [*item.blocks]
        settings = [] if self.several else [_points(item)]
        settings += [f"of={item.of!r}"] if item.of != item.name else []
        settings += [f"grade_id={item.grade_id!r}"] if item.grade_id else []
        settings += [f"public={self._public()}", *self._time()]
        raised = sorted({r for block in blocks for step in block.steps if (r := raised_by(step))})
        if item.is_plain and raised:
            settings += [f"raises={_listed_names(raised)}"]
        lines = [f"@exercise({', '.join(settings)})", f"def {self.name}(rng):"]
        for i, block in enumerate(blocks):
            lines += self._block(i, block)
            lines += self._further() if i == 0 else []
        text = "\n".join(lines)
        return text if item.is_plain else f"{text}\n\n\n{self._driver()}{self._assertions()}"

    def _time(self) -> list[str]:
        return [f"time={self.item.seconds}"] if self.item.seconds else []

    def _public(self) -> int:
        """Return how many cases of each part students may see: at least one, which a public test needs."""
        seen = []
        for block in self.item.blocks:
            if block.points <= 0 and self.several:
                continue
            hidden = [step.hidden for step in block.steps] if block.way == "cases" else [block.hidden]
            seen.append(sum(not one for one in hidden))
        return max(1, min(seen, default=1))

    def _block(self, i: int, block: Block) -> Iterator[str]:
        cell = block.test.cell
        if self.several and block.points > 0:
            yield f"    yield part({part_of(block)!r}, points={_number(block.points)})"
        yield from _comment(cell.source, "    ")
        if block.way == "cases" and self.item.is_plain:
            yield from (f"    yield {case}" for case in dict.fromkeys(self._cases(block)))
        else:
            titles = [self.assertions[i].title] if i in self.assertions else []
            for steps in self._parted(block):
                yield "    yield {"
                yield '        "steps": ['
                yield from (f"            {self._step(step)}," for step in steps)
                yield "        ],"
                if self.assertions:
                    yield f'        "assertions": {titles!r},'
                yield "    }"

    def _further(self) -> Iterator[str]:
        """Yield the test cases that no test of the source has."""
        for mistake, case in self.item.further:
            yield from _comment(
                f"Not in {self.plan.source.notebook}; it shows this mistake: {mistake}", "    "
            )
            yield f"    yield {self.literals.write(case)}"

    def _cases(self, block: Block) -> list[str]:
        found = []
        for step in sorted(block.steps, key=lambda one: one.hidden):
            signature = self.item.signature or Signature((), {}, simple=True)
            case = signature.case_of(step)
            if case is None:
                raise CannotWriteError("a call that is no test case")
            found.append(self.literals.write(case))
        return found

    def _parted(self, block: Block) -> list[tuple[Step, ...]]:
        """Return the steps of a block: visible ones first, if the hidden ones do not need to be with them."""
        visible = tuple(step for step in block.steps if not step.hidden)
        if block.way == "assertion" or block.hidden or len(visible) == len(block.steps):
            return [block.steps]
        return [visible, block.steps]

    def _step(self, step: Step) -> str:
        return self.literals.write((step.kind, step.on, [*step.args], dict(step.keys), [*step.marks]))

    def _driver(self) -> str:
        names = sorted({name for block in self.item.blocks for step in block.steps for name in _names(step)})
        more = ", assertions=()" if self.assertions else ""
        given = self._given(names or [self.item.of])
        unused = "    # `assertions` are looked at outside, with the answers.\n" if more else ""
        return (
            f"@{self.name}.drive\ndef _(student, steps{more}):\n{unused}"
            f"    answers = student.replay(steps, {given})\n    return answers"
        )

    def _assertions(self) -> str:
        return "".join(f"\n\n\n{one.text(self.name)}" for one in self.assertions.values())

    # ------------------------------------------------------------ variables

    def _variable(self) -> str:
        item = self.item
        visible = any(not block.hidden for block in item.blocks)
        settings = [_points(item)]
        settings += [f"of={item.of!r}"] if item.of != item.name else []
        settings += [f"grade_id={item.grade_id!r}"] if item.grade_id else []
        settings += self._time()
        plain = item.kind == "value" and not self.assertions
        lines = [f"@variable({', '.join(settings)})", f"def {self.name}():"]
        for block in item.blocks:
            lines += _comment(block.test.cell.source, "    ", title=block.test.cell.title)
        lines += [f'    """{"Looked at" if visible else "Tested"} in {_cells(item.blocks)}."""']
        text = "\n".join(lines)
        return text if plain else f"{text}\n\n\n{self._variable_driver()}{self._assertions()}"

    def _variable_driver(self) -> str:
        steps = self._together()
        names = sorted({name for step in steps for name in _names(step)} | {self.item.of})
        given = self._given(names)
        titles = tuple(one.title for one in self.assertions.values())
        more = f", assertions={titles!r}" if titles else ""
        written = "\n".join(f"    {self._step(step)}," for step in steps)
        label = f"STEPS_OF_{self.item.name.upper()}"
        return (
            f"{label} = [\n{written}\n]\n\n\n"
            f"@{self.name}.drive\ndef _(student, steps={label}{more}):\n"
            f"    answers = student.replay(steps, {given})\n    return answers"
        )

    def _given(self, names: Iterable[str]) -> str:
        """Return the arguments that give what a test uses by the names of the notebook, as it is then."""
        items = {one.of: one.name for one in self.plan.items if one.cell == self._cell_of(one.of)}
        return ", ".join(f"{name}=student.{items.get(name, name)}" for name in names)

    def _cell_of(self, name: str) -> int | None:
        """Return the cell that has set a name when the item is tested."""
        return self.item.blocks[-1].test.cells.get(name)

    def _together(self) -> list[Step]:
        """Return the steps of all blocks, one after the other; a name is read once."""
        together: list[Step] = []
        for block in self.item.blocks:
            placed: dict[int, int] = {}
            for i, step in enumerate(block.steps):
                moved = step.moved(placed)
                placed[i] = (
                    together.index(moved) if moved.kind == READ and moved in together else len(together)
                )
                together += [moved] if placed[i] == len(together) else []
        return together


def _names(step: Step) -> Iterator[str]:
    """Yield the names of the notebook that a step uses."""
    if isinstance(step.on, str):
        yield step.on
    for one in (*step.args, *step.keys.values()):
        if isinstance(one, dict) and "$name" in one:
            yield one["$name"]


def _points(item: Item) -> str:
    return f"points={_number(item.points)}" if item.points else "marked=False"


def _number(points: float) -> str:
    return repr(int(points) if points == int(points) else points)


def part_of(block: Block) -> str:
    """Return the name of the part of an item that a test is."""
    return _title(block.test.cell.title)


def _title(title: str) -> str:
    return "".join(one for one in title if one.isprintable()).strip() or "test"


def _listed_names(names: Sequence[str]) -> str:
    """Return exceptions as source: those of Python as they are, others as texts."""
    import builtins

    written = [name if isinstance(getattr(builtins, name, None), type) else repr(name) for name in names]
    return written[0] if len(written) == 1 else f"({', '.join(written)})"


def _cells(blocks: Sequence[Block]) -> str:
    numbers = [str(block.test.cell.number) for block in blocks]
    return f"cell {numbers[0]}" if len(numbers) == 1 else f"cells {', '.join(numbers)}"


def _comment(source: str, indent: str, title: str = "") -> Iterator[str]:
    """Yield the text of a test as a comment."""
    if title:
        yield f"{indent}# {_title(title)}"
    for line in source.strip("\n").split("\n"):
        for part in textwrap.wrap(line, WIDTH, drop_whitespace=False, subsequent_indent="    ") or [""]:
            yield f"{indent}# {part}".rstrip()


def parses(text: str) -> bool:
    """Return whether a text is Python."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True
