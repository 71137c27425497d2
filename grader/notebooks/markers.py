"""Find the marked regions of a source, where answers and hidden tests are, and markers that are wrong."""

from __future__ import annotations

import difflib
import io
import itertools
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
"""The markers of this course, its earlier editions and nbgrader; whether they hide a region."""

_PHRASES = (*_STARTS, *_ENDS)
_NEARLY = 0.82
"""The similarity from which a text is a misspelt marker; `START COD HERE` has 0.97."""

_STOPS = frozenset(["END", "ENDS", "STOP", "STOPS"])
_BEGINS = frozenset(["START", "STARTS", "BEGIN", "BEGINS"])
_THINGS = frozenset(["CODE", "SOLUTION", "SOLUTIONS", "ANSWER", "ANSWERS"])
_FILLERS = frozenset(["YOUR", "THE", "HERE", "OF"])
_PLACEHOLDER = "YOUR CODE HERE"
"""The placeholder that nbgrader leaves for an answer. It resembles a marker, and is none."""

_DEFINITION = re.compile(r"(\s*)(?:async\s+def|def|class)\s+(\w+)")
_TEXT_MARKER = re.compile(r"[\s#*/<!-]*([A-Za-z ]+?)[\s#*/>-]*")


@dataclass(frozen=True, slots=True)
class Region:
    """The lines between two markers, which are on the lines `start` and `end`, counted from 1.

    A `hidden` region is dropped from what students receive.
    """

    start: int
    end: int
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong on a line, counted from 1, and advice."""

    line: int
    says: str
    advice: str


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    text: str
    alone: bool = True


@dataclass(slots=True)
class _OpenRegion:
    """A region that has not ended.

    It is `wrong` if one of its markers is; `reworded` is a comment that may be meant to end it, and `inside`
    the number of regions that began in it and have not ended.
    """

    line: int
    hidden: bool
    wrong: bool = False
    reworded: _Comment | None = None
    inside: int = 0


def regions(source: str, *, code: bool = True) -> tuple[tuple[Region, ...], tuple[Problem, ...]]:
    """Find the marked regions of a cell or module, and what is wrong with its markers.

    Args:
        source: its text.
        code: whether it is Python, so that markers are comments; in other text they are whole lines.

    Returns:
        the regions, and the problems sorted by line.
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
    """Reads comments in order; `begun` is the region that has not ended.

    Of a region with a wrong marker only that marker is reported: it extends as far as possible, so that no
    answer is handed out, and problems that follow from the wrong marker are suppressed.
    """

    def __init__(self, code: bool) -> None:
        self.code = code
        self.found: list[Region] = []
        self.right: list[Region] = []
        self.problems: list[Problem] = []
        self.begun: _OpenRegion | None = None

    def read(self, comment: _Comment) -> None:
        start, end = (_first(comment.text.upper(), phrases) for phrases in (_STARTS, _ENDS))
        if start and end:
            self._report(comment.line, f"it names both {start} and {end}", "Name one of them.")
        elif not start and not end:
            self._read_prose(comment)
        elif not comment.alone:
            self._report(comment.line, f"{start or end} has code beside it", "Give it a line of its own.")
            self._go_on(comment.line, start or end)
        elif start:
            self._start(comment.line, start)
        else:
            self._end(comment.line, end)

    def finish(self, line: int) -> None:
        """End on the line after the last one."""
        if self.begun and not self._report_reworded(self.begun):
            self._report(self.begun.line, "the region that begins here never ends", f"End it with {END}.")
        self._close(line)

    def _start(self, line: int, start: str) -> None:
        if self.begun and not self._report_reworded(self.begun):
            says = f"{start}, and the region of line {self.begun.line} has not ended"
            self._report(line, says, f"End that one first, with {END}.")
            self.begun.wrong = True
            self.begun.inside += 1
        else:
            self._close(line)
            self.begun = _OpenRegion(line, _STARTS[start])

    def _end(self, line: int, end: str) -> None:
        if self.begun is None:
            self._report(line, f"{end} ends no region", f"Begin it with {START}.")
            return
        if self.begun.inside:
            self.begun.inside -= 1
            return
        if self.begun.hidden is not _ENDS[end] and not self.begun.wrong:
            says = f"{end} does not end what began on line {self.begun.line}"
            self._report(line, says, "Let both be of one kind.")
        self._close(line)

    def _close(self, line: int) -> None:
        if self.begun:
            region = Region(self.begun.line, line, self.begun.hidden)
            self.found.append(region)
            self.right += [] if self.begun.wrong else [region]
        self.begun = None

    def _read_prose(self, comment: _Comment) -> None:
        text = comment.text.upper() if self.code else comment.text
        meant, words = _misspelt(text), {*_words(text)}
        if meant:
            self._report_marker(comment, f"# {meant}")
            self._go_on(comment.line, meant)
        elif reworded := _reworded(text, code=self.code):
            if self.begun is None:
                self._report_marker(comment, reworded)
                self._go_on(comment.line, "" if _STOPS & words or not _BEGINS & words else _OURS)
            elif _STOPS & words:
                self.begun.reworded = comment

    def _go_on(self, line: int, meant: str) -> None:
        """Go on after a wrong marker as if it were the right one."""
        if self.begun is None and meant in _STARTS:
            self.begun = _OpenRegion(line, _STARTS[meant], wrong=True)
        elif self.begun and meant in _ENDS:
            self.begun.wrong = True

    def _report_reworded(self, begun: _OpenRegion) -> bool:
        """Report a reworded end marker, if any; return whether a wrong marker explains a missing end."""
        if not begun.wrong and begun.reworded:
            self._report_marker(begun.reworded, END)
            begun.wrong = True
        return begun.wrong

    def _report_marker(self, comment: _Comment, meant: str) -> None:
        advice = f"Write {meant}, or let it say something else."
        self._report(comment.line, f"`{comment.text}` is no marker", advice)

    def _report(self, line: int, says: str, advice: str) -> None:
        self.problems.append(Problem(line, says, advice))


def _first(text: str, phrases: dict[str, bool]) -> str:
    words = " ".join(re.findall(r"\w+", text))
    return next((phrase for phrase in phrases if re.search(rf"\b{phrase}\b", words)), "")


def _words(text: str) -> list[str]:
    """Return the words of a comment, without a part in brackets such as `(2 lines)`."""
    return re.findall(r"[A-Z]+", re.split(r"[(:≈#]", text.strip("# "))[0])


def _misspelt(text: str) -> str:
    """Return the marker that a text misspells; empty if it resembles none."""
    words = _words(text)
    spelt = " ".join(words)
    phrases = _STARTS if _BEGINS & {*words} else _ENDS if _STOPS & {*words} else _PHRASES
    alike = difflib.get_close_matches(spelt, phrases, 1, _NEARLY) if spelt != _PLACEHOLDER else []
    return alike[0] if alike else ""


def _reworded(text: str, *, code: bool) -> str:
    """Return the markers to write for a text that says the same in other words; empty if it does not."""
    words = set(_words(text))
    if code and words == {"SOLUTION"}:
        return f"{START} above the answer and {END} below it"
    turns = _BEGINS | _STOPS
    alike = words <= turns | _THINGS | _FILLERS and words & turns and words & _THINGS
    return f"{START} or {END}" if alike else ""


def run_into(lines: Sequence[str], region: Region) -> Iterator[tuple[int, str]]:
    """Yield the definitions that a region runs into, outside of the one in which it begins.

    Args:
        lines: the lines of the source.
        region: the region.

    Returns:
        an iterator of the line, counted from 1, and the name of each that is further out than the one before.
    """
    indent = _indent(lines[region.start - 1])
    for number in range(region.start + 1, region.end):
        match = _DEFINITION.match(lines[number - 1])
        if match and len(match[1]) < indent:
            indent = len(match[1])
            yield number, match[2]


def _overrun(lines: Sequence[str], region: Region) -> Iterator[Problem]:
    """Yield a problem for the first definition that a region runs into."""
    for number, name in itertools.islice(run_into(lines, region), 1):
        says = f"the region of line {region.start} runs into {name}"
        yield Problem(number, says, f"End it above, with {END}.")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


# ---------------------------------------------------------------- comments


def _comments(source: str) -> Iterator[_Comment]:
    """Yield the comments of Python without magics; if it does not parse, whatever looks like one."""
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
    """Yield the lines of a text that are words, with or without comment signs around them."""
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) < 200 and (match := _TEXT_MARKER.fullmatch(line)):
            yield _Comment(number, match[1])
