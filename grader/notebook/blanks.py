"""Tells whether a graded function is still as it was handed out: nothing written where code belongs."""

from __future__ import annotations

import re

START = re.compile(r"(START CODE HERE|YOUR CODE STARTS HERE)", re.IGNORECASE)
END = re.compile(r"(END CODE HERE|YOUR CODE ENDS HERE)", re.IGNORECASE)
_BLANK_LINE = re.compile(
    r"""\s*(
        pass | \.\.\. | None
      | raise\s+NotImplementedError.*
      | (for|while|if|elif|else)\b.*:                       # a header that the template gives
      | [^=()]*(\([^=]*\)[^=()]*)*= \s*None(\s*,\s*None)*     # W1 = None, a[str(l)], b = None, None
    )?\s*(\#.*)?$""",
    re.VERBOSE,
)


def is_blank(source: str) -> bool:
    """Whether every region between the markers of a function is empty, or all of a function without any is.

    A region is empty when its lines are comments, headers of loops, `pass`, `None`, assignments of None,
    or `raise NotImplementedError`.
    """
    regions = _regions(source.split("\n"))
    if not regions:
        return _body_is_blank(source)
    return all(_BLANK_LINE.match(line) for region in regions for line in region)


def _regions(lines: list[str]) -> list[list[str]]:
    """The lines between each start marker and its end marker."""
    regions: list[list[str]] = []
    inside = False
    for line in lines:
        if END.search(line):
            inside = False
        elif START.search(line):
            inside = True
            regions.append([])
        elif inside:
            regions[-1].append(line)
    return regions


def _body_is_blank(source: str) -> bool:
    """Whether a function has no statement but its docstring, `pass` and `raise NotImplementedError`."""
    body = re.sub(r'("""|\'\'\')(?s:.*?)\1', "", source)
    lines = body.split("\n")
    first = next((i for i, line in enumerate(lines) if line.rstrip().endswith(":")), len(lines))
    return first + 1 < len(lines) and all(_BLANK_LINE.match(line) for line in lines[first + 1 :])
