"""Put grader's markers around the answers of an otter solution cell, in place of those of otter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from grader.importers.cell_trees import tree_of
from grader.notebooks.markers import END, START

ANSWER, GIVEN, LEFT_OUT, PROMPT = "answer", "given", "left out", "prompt"
"""What a line is: an answer, code that students receive, neither, or a prompt in place of an answer."""

BEGIN_SOLUTION = re.compile(r"[ \t]*# BEGIN SOLUTION\b")
ONE_LINE = re.compile(r"#[ ]?SOLUTION\b")
TRAILING = re.compile(r"[ \t]{0,40}#[ ]?SOLUTION(?: NO PROMPT)?[ \t]*$|[ \t]{0,40}# SEED[ \t]*$")
BEGIN_IGNORE = re.compile(r"[ \t]*#[ \t]*BEGIN[ \t]*IGNORE\b", re.IGNORECASE)
BLOCKS = {"# END SOLUTION": ANSWER, "# END PROMPT": PROMPT, "# END IGNORE": LEFT_OUT}
"""The markers that end a block, and what the lines of that block are."""


def has_answers(source: str) -> bool:
    """Return whether otter would take something out of a cell."""
    return any(kind is ANSWER for kind in _kinds(source.split("\n")))


def with_markers(source: str) -> str:
    """Return an otter solution cell with its answers between grader's markers.

    Prompts become comments, since students write between the markers. Where otter leaves `x = ...`, a comment
    says so.
    """
    lines = source.split("\n")
    kinds = list(_kinds(lines))
    statements = _simple_statements([TRAILING.sub("", line) for line in lines], kinds)
    for first, last, _ in statements:
        if ANSWER in kinds[first : last + 1]:
            kinds[first : last + 1] = [ANSWER] * (last + 1 - first)
    set_at = {
        first: names
        for first, last, names in statements
        if names and any(map(ONE_LINE.search, lines[first : last + 1]))
    }
    return "\n".join(_marked(lines, kinds, set_at))


def without_ignored(source: str) -> str:
    """Return a cell without the lines that otter ignores."""
    lines = source.split("\n")
    return "\n".join(line for line, kind in zip(lines, _kinds(lines), strict=True) if kind is not LEFT_OUT)


def _kinds(lines: Sequence[str]) -> Iterator[str]:
    """Yield what each line is. The markers of blocks are left out themselves."""
    block = ""
    for line in lines:
        text = line.rstrip()
        if ends := next((kind for marker, kind in BLOCKS.items() if text.endswith(marker)), ""):
            block = "" if ends == block else block
            yield LEFT_OUT
        elif block:
            yield block
        elif begun := _begun(text):
            block = begun
            yield LEFT_OUT
        elif text.endswith("# IGNORE"):
            yield LEFT_OUT
        else:
            yield ANSWER if ONE_LINE.search(text) or text.endswith("# SEED") else GIVEN


def _begun(text: str) -> str:
    """Return what the lines are of the block that begins on a line; nothing if none does."""
    if BEGIN_SOLUTION.match(text):
        return ANSWER
    if text.endswith("# BEGIN PROMPT"):
        return PROMPT
    return LEFT_OUT if BEGIN_IGNORE.match(text) else ""


def _simple_statements(lines: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return the lines of each statement without a body, and what it sets if no block is around it."""
    code = [line if kind in (ANSWER, GIVEN) else "" for line, kind in zip(lines, kinds, strict=True)]
    tree = tree_of("\n".join(code)) or ast.Module([], [])
    return [
        (node.lineno - 1, (node.end_lineno or node.lineno) - 1, _set_by(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and not hasattr(node, "body")
    ]


def _set_by(node: ast.stmt) -> str:
    """Return the targets of an assignment outside any block, as text."""
    return ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) and not node.col_offset else ""


def _marked(lines: Sequence[str], kinds: Sequence[str], set_at: dict[int, str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if kinds[at] is ANSWER:
            last = _end_of_run(lines, kinds, at)
            yield from _region(lines, kinds, range(at, last + 1), set_at)
            at = last + 1
            continue
        if kinds[at] is GIVEN:
            yield lines[at]
        elif kinds[at] is PROMPT and lines[at].strip():
            indent = len(lines[at]) - len(lines[at].lstrip())
            said = lines[at].lstrip()
            yield lines[at] if said.startswith("#") else f"{lines[at][:indent]}# {said}"
        at += 1


def _end_of_run(lines: Sequence[str], kinds: Sequence[str], first: int) -> int:
    """Return the last line of the answer that begins on a line: it ends where its block of code does."""
    last = first
    for at in range(first + 1, len(lines)):
        if kinds[at] is LEFT_OUT:
            continue
        if kinds[at] is not ANSWER or (lines[at].strip() and _indent(lines[at]) < _indent(lines[first])):
            break
        last = at
    return last


def _region(lines: Sequence[str], kinds: Sequence[str], run: range, set_at: dict[int, str]) -> Iterator[str]:
    answers = [TRAILING.sub("", lines[at]) for at in run if kinds[at] is ANSWER]
    if not any(line.strip() for line in answers):
        return
    indent = " " * min(_indent(line) for line in answers if line.strip())
    yield from dict.fromkeys(f"# {set_at[at]} = ..." for at in run if at in set_at)
    yield indent + START
    yield from answers
    yield indent + END


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
