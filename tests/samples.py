"""A small class of three submissions, and texts that try to be more than text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import CaseResult, Header, Isolation, Report, Score
from grader.results.codec import Packed, unpack_outline, unpack_score

HEADER = Header(
    grader="0.1.0",
    assignment="two_functions",
    assignment_sha256="a" * 64,
    seed_sha256="b" * 64,
    python="3.11.7",
    numpy="2.4.6",
    isolation=Isolation("full", ("seccomp", "rlimits"), {"landlock": "the kernel is older than 5.13"}),
    cases_sha256="f" * 64,
)

SOURCE = 'def backward(dZ, A):\n    """Gradient."""\n    return dZ @ A.T  # no m\n'

WRONG = Score(
    name="backward",
    points=0.0,
    max_points=10.0,
    verdict=Verdict.WRONG_VALUE,
    status=Status.RETURNED,
    credited="as_written",
    cause=None,
    message="dW is wrong in 1 of 4 elements.",
    hint="Is the 1/m missing?",
    cell=12,
    line=19,
    cases=(
        CaseResult(
            id="small-1",
            public=True,
            verdict=Verdict.WRONG_VALUE,
            message="dW is wrong in 1 of 4 elements.",
            seconds=0.00041234,
            path="dW",
            actual=np.array([[1.0, 2.0], [3.0, 4.5]]),
            expected=np.array([[1.0, 2.0], [3.0, 4.0]]),
        ),
        CaseResult(
            id="large-1",
            public=False,
            verdict=Verdict.WRONG_VALUE,
            message="dW is wrong in 9 of 9 elements.",
            seconds=0.0005,
        ),
    ),
    example="dZ=[[2]], A=[[1]]: dW is [[2]], expected [[1]]",
    source=SOURCE,
    source_cell=12,
    first_line=17,
    program_sha256="e" * 64,
)

RIGHT = Score(
    name="model",
    points=7.5,
    max_points=7.5,
    verdict=Verdict.PASSED,
    status=Status.RETURNED,
    credited="isolated",
    cause="backward",
    message="",
    hint="",
    cell=None,
    line=None,
    cases=(CaseResult(id="small-1", public=True, verdict=Verdict.PASSED, message="", seconds=0.0),),
    source="def model(x):\n    return backward(x, x)\n",
)

GRADED = Report(
    id="ann",
    file="ann.ipynb",
    sha256="c" * 64,
    status="graded",
    points=7.5,
    max_points=17.5,
    seconds=0.0123456,
    notes=("Cell 3 was left out: it has a magic.",),
    exercises=(WRONG, RIGHT),
)

UNREADABLE = Report(
    id="bob",
    file="bob.ipynb",
    sha256="d" * 64,
    status="unreadable",
    points=None,
    max_points=17.5,
    seconds=0.001,
    notes=("bob.ipynb is a web page, not a notebook.",),
    exercises=(),
)

FAILED = replace(UNREADABLE, id="eve", file="eve.ipynb", status="failed", notes=("The sandbox broke down.",))

CLASS = (GRADED, UNREADABLE, FAILED)

HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "an end of every element": "</code></pre></details></main></body></html>",
    "an attribute": "\" onmouseover='alert(1)' x=\"",
    "a comment": "<!-- <![CDATA[ ]]> -->",
    "a template": "{{ 7 * 7 }}{% raw %}",
    "markup of the terminal": "[bold red]x[/bold red][link=file:///etc/passwd]y[/link] :smiley:",
    "ANSI colours": "\x1b[31mred\x1b[0m\x9b2J",
    "a title of the terminal": "\x1b]0;owned\x07",
    "bidirectional marks": "a\u202egnp\u2066b\u200f",
    "zero-width characters": "a\u200bb\u200d\ufeffc\u3164",
    "a formula": '=HYPERLINK("http://example.org?"&A1)',
    "a formula in full width": "＝1+1",
    "a lone surrogate": "a\ud800b",
    "line ends of all kinds": "a\r\nb\rc\x0bd\x85e\u2028f",
    "far too much": "x" * 100_000,
}


def filled_with(text: str) -> Report:
    """The graded sample with `text` in each field that a student may have a hand in."""
    case = replace(WRONG.cases[0], message=f"{text}.", path=text, actual=text, expected=f"{text}.")
    score = replace(WRONG, message=text, hint=text, cases=(case, WRONG.cases[1]), source=text, line=None)
    return replace(GRADED, id=text, file=text, notes=(text, text), exercises=(score, RIGHT))


def unpacked(packed: Packed) -> Report:
    """The report that was packed, all its scores with it."""
    outline = unpack_outline(packed.outline)
    report = outline.filled(unpack_score(packed.scores[mark.sha256]) for mark in outline.exercises)
    return replace(report, exercises=tuple(replace(score, anywhere=None) for score in report.exercises))
