"""Finds the marked regions of a source: where answers and hidden tests stand, and markers that are wrong."""

from __future__ import annotations

import difflib
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.notebooks.magics import without_magics

START, END = "# YOUR CODE STARTS HERE", "# YOUR CODE ENDS HERE"
_OURS = START.removeprefix("# ")
_STARTS = {
    "START CODE HERE": False, "YOUR CODE STARTS HERE": False, "BEGIN SOLUTION": False,
    "BEGIN HIDDEN TESTS": True, "BEGIN MARK SCHEME": True,
}  # fmt: skip
_ENDS = {
    "END CODE HERE": False, "YOUR CODE ENDS HERE": False, "END SOLUTION": False,
    "END HIDDEN TESTS": True, "END MARK SCHEME": True,
}  # fmt: skip
"""The markers of this course and its earlier editions, and those of nbgrader; whether they hide a region."""

_PHRASES = (*_STARTS, *_ENDS)
_NEARLY = 0.82
"""How alike two texts are, of which one is the other misspelt; `START COD HERE` has 0.97."""

_STOPS = frozenset(["END", "ENDS", "STOP", "STOPS"])
_BEGINS = frozenset(["START", "STARTS", "BEGIN", "BEGINS"])
_THINGS = frozenset(["CODE", "SOLUTION", "SOLUTIONS", "ANSWER", "ANSWERS"])
_FILLERS = frozenset(["YOUR", "THE", "HERE", "OF"])
_PLACEHOLDER = "YOUR CODE HERE"
"""What nbgrader leaves where an answer stood. It is like a marker, and is none."""

_DEFINITION = re.compile(r"(\s*)(?:async\s+def|def|class)\s+(\w+)")
_TEXT_MARKER = re.compile(r"[\s#*/<!-]*([A-Za-z ]+?)[\s#*/>-]*")


@dataclass(frozen=True, slots=True)
class Region:
    """The lines between two markers, which stand on the lines `start` and `end`, counted from 1.

    A `hidden` one has nothing to be written into: students do not see that it is there.
    """

    start: int
    end: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line, counted from 1, and what to do about it."""

    line: int
    says: str
    advice: str


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    text: str
    alone: bool = True


@dataclass(slots=True)
class _Begun:
    """A region that has not ended.

    It is `wrong` when one of its markers is; `reworded` is a comment that may be meant to end it, and
    `inside` how many regions began in it that have not ended.
    """

    line: int
    hidden: bool
    wrong: bool = False
    reworded: _Comment | None = None
    inside: int = 0


def regions(source: str, *, code: bool = True) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """The marked regions of a cell or module, and what is wrong with its markers.

    Args:
        source: its text.
        code: whether it is Python, so that markers are comments; in other text they are whole lines.
    """
    reader = _Reader(code)
    for comment in _comments(source) if code else _lines(source):
        reader.read(comment)
    reader.finish(source.count("\n") + 2)
    if code:
        lines = source.split("\n")
        reader.problems += [problem for region in reader.right for problem in _overrun(lines, region)]
    return tuple(reader.found), tuple(sorted(reader.problems, key=lambda problem: problem.line))


class _Reader:
    """Reads comments one after the other; `begun` is the region that has not ended.

    Of a region with a wrong marker only that is said: it reaches as far as it may, so that no answer is
    handed out, and what follows from the wrong marker is no further problem.
    """

    def __init__(self, code: bool) -> None:
        self.code = code
        self.found: list[Region] = []
        self.right: list[Region] = []
        self.problems: list[Problem] = []
        self.begun: _Begun | None = None

    def read(self, comment: _Comment) -> None:
        start, end = (_first(comment.text.upper(), phrases) for phrases in (_STARTS, _ENDS))
        if start and end:
            self._blame(comment.line, f"it names both {start} and {end}", "Name one of them.")
        elif not start and not end:
            self._read_prose(comment)
        elif not comment.alone:
            self._blame(comment.line, f"{start or end} has code beside it", "Give it a line of its own.")
            self._go_on(comment.line, start or end)
        elif start:
            self._start(comment.line, start)
        else:
            self._end(comment.line, end)

    def finish(self, line: int) -> None:
        """End on the line behind the last one."""
        if self.begun and not self._blame_reworded(self.begun):
            self._blame(self.begun.line, "the region that begins here never ends", f"End it with {END}.")
        self._close(line)

    def _start(self, line: int, start: str) -> None:
        if self.begun and not self._blame_reworded(self.begun):
            says = f"{start}, and the region of line {self.begun.line} has not ended"
            self._blame(line, says, f"End that one first, with {END}.")
            self.begun.wrong = True
            self.begun.inside += 1
        else:
            self._close(line)
            self.begun = _Begun(line, _STARTS[start])

    def _end(self, line: int, end: str) -> None:
        if self.begun is None:
            self._blame(line, f"{end} ends no region", f"Begin it with {START}.")
            return
        if self.begun.inside:
            self.begun.inside -= 1
            return
        if self.begun.hidden is not _ENDS[end] and not self.begun.wrong:
            says = f"{end} does not end what began on line {self.begun.line}"
            self._blame(line, says, "Let both be of one kind.")
        self._close(line)

    def _close(self, line: int) -> None:
        if self.begun:
            region = Region(self.begun.line, line, self.begun.hidden)
            self.found.append(region)
            self.right += [] if self.begun.wrong else [region]
        self.begun = None

    def _read_prose(self, comment: _Comment) -> None:
        said = comment.text.upper() if self.code else comment.text
        meant, words = _misspelt(said), {*_words(said)}
        if meant:
            self._blame_marker(comment, f"# {meant}")
            self._go_on(comment.line, meant)
        elif reworded := _reworded(said, code=self.code):
            if self.begun is None:
                self._blame_marker(comment, reworded)
                self._go_on(comment.line, "" if _STOPS & words or not _BEGINS & words else _OURS)
            elif _STOPS & words:
                self.begun.reworded = comment

    def _go_on(self, line: int, meant: str) -> None:
        """Go on behind a wrong marker as if it were the right one."""
        if self.begun is None and meant in _STARTS:
            self.begun = _Begun(line, _STARTS[meant], wrong=True)
        elif self.begun and meant in _ENDS:
            self.begun.wrong = True

    def _blame_reworded(self, begun: _Begun) -> bool:
        """Whether a wrong marker explains that a region does not end; blame the one that may be meant to."""
        if not begun.wrong and begun.reworded:
            self._blame_marker(begun.reworded, END)
            begun.wrong = True
        return begun.wrong

    def _blame_marker(self, comment: _Comment, meant: str) -> None:
        advice = f"Write {meant}, or let it say something else."
        self._blame(comment.line, f"`{comment.text}` is no marker", advice)

    def _blame(self, line: int, says: str, advice: str) -> None:
        self.problems.append(Problem(line, says, advice))


def _first(said: str, phrases: dict[str, bool]) -> str:
    words = " ".join(re.findall(r"\w+", said))
    return next((phrase for phrase in phrases if re.search(rf"\b{phrase}\b", words)), "")


def _words(said: str) -> list[str]:
    """The words of a comment, without what stands behind them in brackets, as `(2 lines)`."""
    return re.findall(r"[A-Z]+", re.split(r"[(:≈#]", said.strip("# "))[0])


def _misspelt(said: str) -> str:
    """The marker that a text would be, if it were spelt right; empty if it is like none."""
    words = _words(said)
    text = " ".join(words)
    phrases = _STARTS if _BEGINS & {*words} else _ENDS if _STOPS & {*words} else _PHRASES
    alike = difflib.get_close_matches(text, phrases, 1, _NEARLY) if text != _PLACEHOLDER else []
    return alike[0] if alike else ""


def _reworded(said: str, *, code: bool) -> str:
    """The markers to write for a text that says the same in other words; empty if it does not."""
    words = set(_words(said))
    if code and words == {"SOLUTION"}:
        return f"{START} above the answer and {END} below it"
    turns = _BEGINS | _STOPS
    alike = words <= turns | _THINGS | _FILLERS and words & turns and words & _THINGS
    return f"{START} or {END}" if alike else ""


def _overrun(lines: Sequence[str], region: Region) -> Iterator[Problem]:
    """The definition, outside of the one in which a region begins, that the region runs into."""
    indent = _indent(lines[region.start - 1])
    for number in range(region.start + 1, region.end):
        match = _DEFINITION.match(lines[number - 1])
        if match and len(match[1]) < indent:
            says = f"the region of line {region.start} runs into {match[2]}"
            yield Problem(number, says, f"End it above, with {END}.")
            return


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# ---------------------------------------------------------------- comments


def _comments(source: str) -> Iterator[_Comment]:
    """The comments of Python, magics left out; of what does not parse, all that looks like one."""
    lines = source.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(without_magics(source)).readline))
    except (tokenize.TokenError, SyntaxError):
        for number, line in enumerate(lines, 1):
            before, sign, text = line.partition("#")
            if sign:
                yield _Comment(number, text.strip("# \t"), not before.strip())
        return
    for token in tokens:
        if token.type == tokenize.COMMENT:
            number, column = token.start
            yield _Comment(number, token.string.strip("# \t"), not lines[number - 1][:column].strip())


def _lines(text: str) -> Iterator[_Comment]:
    """The lines of a text that are words with the signs of a comment around them, or none."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) < 200 and (match := _TEXT_MARKER.fullmatch(line)):
            yield _Comment(number, match[1])
