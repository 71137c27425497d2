"""Every kind of page that grader makes, in every state, by name."""

from __future__ import annotations

import json
from dataclasses import replace

from samples import CLASS, FAILED, GRADED, HEADER, RIGHT, UNREADABLE, WRONG

from grader.comparison.verdict import Verdict
from grader.models.execution import Status
from grader.models.marking import Adjustment, LatePolicy, Marking
from grader.models.report import Repair
from grader.models.submission import Student
from grader.notebooks.rendering import shown_cells
from grader.reports.class_report.index import write_index
from grader.reports.class_report.page import write_class_report
from grader.reports.feedback_page import write_feedback
from grader.reports.notebook_page import write_notebook_page
from grader.results.rulings import ruled

LONG = "def backward(dZ, A):\n    x0 = A\n" + "".join(
    f"    x{i} = f(A, dZ[{i}]) + {i} * x{i - 1}\n" for i in range(1, 20)
)
WIDE = "def backward(dZ, A):\n    return dZ @ A.T" + " + 1" * 60 + "\n"
RAISED = replace(
    WRONG, verdict=Verdict.DID_NOT_RUN, status=Status.RAISED, message="KeyError: 'dA'", hint="", source=WIDE,
    signature="c" * 64, cases=(replace(WRONG.cases[0], verdict=Verdict.DID_NOT_RUN, actual=None),),
)  # fmt: skip
UNWRITTEN = replace(
    WRONG, verdict=Verdict.NOT_ATTEMPTED, status=Status.MISSING, message="", hint="", cases=(), example="",
)  # fmt: skip
QUESTION = replace(
    UNWRITTEN, name="q4", verdict=Verdict.TO_BE_MARKED, status=Status.RETURNED, answer="It is.", source=""
)
SIGNED = replace(WRONG, signature="3f2a1b" + "0" * 58, comments=("See slide 12.",), lacks="scipy")
REPAIRED = replace(SIGNED, repair=Repair((3, 3), "the divisor of `dW`", "the divisor of `dW`"))
ALL_RIGHT = replace(GRADED, exercises=(replace(RIGHT, name="backward", cause=None), RIGHT), points=17.5)
POLICY = LatePolicy(due="2026-01-01T00:00:00+00:00", per_day=0.1)
LATE = ruled(replace(GRADED, submitted="2026-01-02T12:00:00+00:00", late=True), Marking(late=POLICY))
DECISIONS = tuple(
    Adjustment(
        "ann", function, action, value, "Eve", "2026-01-03T00:00:00+00:00", "it is clear what was meant"
    )
    for function, action, value in (("backward", "points", 5.0), ("nothing", "add", 1.0))
)
ADJUSTED = ruled(GRADED, Marking({"ann": DECISIONS}))


def handed_in(name, *exercises, **changes):
    return replace(GRADED, id=name, student=Student(name, name=name.title()), exercises=exercises, **changes)


EVERYTHING = (
    handed_in("ann", replace(SIGNED, source=LONG), RIGHT, late=True),
    handed_in("bob", replace(SIGNED, source=LONG.replace("x", "y")), RIGHT, listed=False),
    handed_in("cid", replace(SIGNED, signature="b" * 64), RIGHT),
    handed_in("dan", replace(RIGHT, name="backward", cause=None), RIGHT, points=17.5),
    handed_in("fay", REPAIRED, RIGHT),
    handed_in("gus", RAISED, RIGHT),
    handed_in("hal", UNWRITTEN, RIGHT),
    replace(ADJUSTED, id="ivy"),
    UNREADABLE,
    FAILED,
    replace(UNREADABLE, id="zoe", status="not_submitted", notes=(), student=Student("zoe", name="Zoe Z.")),
)
QUESTIONS = tuple(handed_in(name, SIGNED, RIGHT, QUESTION) for name in ("ann", "bob"))
MANY = tuple(replace(EVERYTHING[i % 7], id=f"student_{i:04}", student=None, notes=()) for i in range(1_500))
CELLS = (
    {"cell_type": "markdown", "source": "# Title\n\nThe gradient $\\frac{1}{m} dZ A^T$ of `it`.\n\n* one"},
    {"cell_type": "code", "source": WIDE, "execution_count": 3, "outputs": []},
    {
        "cell_type": "code", "source": "print(1)", "execution_count": 4,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "9 " * 300}],
    },
)  # fmt: skip


def feedback(report):
    return write_feedback(HEADER, report).decode()


def class_report(reports):
    return write_class_report(HEADER, reports, {}, folder="results")


def index(reports, name="index.html"):
    return write_index(HEADER, reports, with_report=True)[name].decode()


def annotated():
    cells = [{"metadata": {}, **cell} for cell in CELLS]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}).encode()
    placed = replace(GRADED, exercises=(replace(WRONG, source_cell=2, cell=2), RIGHT))
    return write_notebook_page(placed, *shown_cells(data)).decode()


PAGES = {
    "feedback, right": lambda: feedback(ALL_RIGHT),
    "feedback, wrong": lambda: feedback(GRADED),
    "feedback, raised": lambda: feedback(replace(GRADED, exercises=(RAISED, RIGHT))),
    "feedback, unwritten": lambda: feedback(replace(GRADED, exercises=(UNWRITTEN, RIGHT))),
    "feedback, unreadable": lambda: feedback(UNREADABLE),
    "feedback, late": lambda: feedback(LATE),
    "feedback, adjusted": lambda: feedback(ADJUSTED),
    "feedback, to be marked": lambda: feedback(QUESTIONS[0]),
    "notebook": annotated,
    "class, everything": lambda: class_report(EVERYTHING),
    "class, questions": lambda: class_report(QUESTIONS),
    "class, one student": lambda: class_report((GRADED,)),
    "class, all right": lambda: class_report((ALL_RIGHT,)),
    "class, nothing graded": lambda: class_report(CLASS[1:]),
    "class, empty": lambda: class_report(()),
    "index, everything": lambda: index(EVERYTHING),
    "index, empty": lambda: index(()),
}
LARGE = {
    "class, 1,500": lambda: class_report(MANY),
    "index, 1,500": lambda: index(MANY),
    "index, 1,500, page 2": lambda: index(MANY, "students-2.html"),
}
"""Pages of thousands of cells that are alike, which take long to look at one by one."""
