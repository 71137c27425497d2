"""Attacks on each kind of graded item do what their first line says, at every level of isolation."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from functools import cache

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Header, Report
from grader.reports.class_report.page import write_class_report
from grader.sandbox.fork_server import ForkServer

from .arena import COURSE, LEVELS, Arena, names, notebook, shown, source
from .test_attacks import slips

PROMISE = re.compile(r"(?P<who>[\w., ]+?) (?:earns? nothing|is earned|is lost): .")

VARIABLE = re.compile(r"^(total|largest) =", re.MULTILINE)
"""Matches what sets a graded variable."""

ArenaAt = Callable[[str], Arena]


@cache
def prepared(server: ForkServer) -> Assignment:
    """The assignment with an item of each kind."""
    return prepare(load(Course(COURSE), "kinds"), server, "a seed")


def graded(server: ForkServer, *cells: str) -> Report:
    """The report of a right submission with more cells; without its own for the variables that they set."""
    right = (COURSE / "solutions" / "kinds.py").read_text(encoding="utf-8").split("# %%\n")
    theirs = {name for cell in cells for name in VARIABLE.findall(cell)}
    left = [cell for cell in right if theirs.isdisjoint(VARIABLE.findall(cell))]
    return grade(prepared(server), server, notebook(*left, *cells), id="someone", file="someone.ipynb")


def losing(attack: str, all_of_them: frozenset[str]) -> frozenset[str]:
    """The items that must earn nothing, and they alone."""
    promised = PROMISE.match(ast.get_docstring(ast.parse(source(attack))) or "")
    assert promised, f"the first line of {attack} says nothing that can be tested"
    if promised["who"] == "Nothing":
        return all_of_them if " is earned" in promised[0] else frozenset()
    return frozenset(re.split(r", | and ", promised["who"]))


@pytest.mark.parametrize("attack", names(["kinds"]))
@pytest.mark.parametrize("level", LEVELS)
def test_an_attack_on_a_kind_of_item_does_what_its_first_line_says(
    level: str, attack: str, arena_at: ArenaAt
) -> None:
    server = arena_at(level).server
    report = graded(server, source(attack))
    items = frozenset(exercise.name for exercise in prepared(server).exercises)
    assert report.status == "graded", report.notes
    assert {score.name for score in report.exercises if score.points == 0} == losing(attack, items)
    assert all(score.points in {0, 10} for score in report.exercises)
    assert list(slips(shown(prepared(server), server, report))) == []
    assert graded(server).points == 10 * len(items), "the next submission is right"


SECRET = "# %%\nx = 2\n# %%\nprice = x + 3.318008\n# %%\nbill = 2 * price"
PRICES = """from grader.testcase import variable


@variable()
def price(): ...


@variable(public=True)
def bill(): ...
"""
FIND = """def look(_=lambda: price):
    found = [d.get("price") for d in gc.get_objects() if type(d) is dict]
    return max((p for p in found if type(p) is float), default=0)


lent = lambda: look() > 1.5
"""


@pytest.mark.parametrize(
    "bill",
    [
        pytest.param("bill = look() if lent() else [1]", id="as its own value"),
        pytest.param(
            "bill = 2 * price * 10 ** int(price) if lent() else [1]", id="as the ratio of its value"
        ),
        pytest.param("bill = [look()] if lent() else 3", id="in a list"),
        pytest.param("bill = str(look()) if lent() else 3", id="as a text"),
        pytest.param("bill = {look(): 1}[0 if lent() else 1.5]", id="in an exception"),
        pytest.param("print(look())\nbill = 3 + lent()", id="in what is printed"),
    ],
)
def test_the_value_that_is_lent_to_a_variable_is_told_to_nobody(
    small_course: Callable[..., Course], arena_at: ArenaAt, bill: str
) -> None:
    server = arena_at("full").server
    assignment = prepare(load(small_course(SECRET, PRICES), "small"), server, "s")
    cells = ("import gc", FIND, "x = 2", "price = 1.5", bill)
    report = grade(assignment, server, notebook(*cells), id="a", file="a.ipynb")
    assert report.points == 0
    text = shown(assignment, server, report)
    told = text.replace(f"{2 * 5.318008}", "")  # the public one
    assert not re.search(r"5\.318|53180|531800", told)
    assert "times the expected" not in text


MARKED = "<img src=x onerror=alert(1)> & <script>alert(1)</script>"
WITH_MARKUP = f"""import numpy as np
from grader.testcase import exercise, part, question


@exercise()
def double(rng):
    yield part({MARKED!r}, points=3)
    yield {{"x": rng.normal()}}


question({MARKED!r}, points=2)
"""


@pytest.mark.parametrize("factor", [2, 3], ids=["right", "wrong"])
def test_markup_in_the_names_of_parts_and_questions_is_shown_as_text(
    small_course: Callable[..., Course], arena_at: ArenaAt, factor: int
) -> None:
    server = arena_at("full").server
    assignment = prepare(load(small_course(testcases=WITH_MARKUP), "small"), server, "s")
    cell = f"def double(x):\n    return {factor} * x\n"
    report = grade(assignment, server, notebook(cell), id="a", file="a.ipynb")
    text = shown(assignment, server, report)
    assert list(slips(text)) == []
    assert "&lt;script&gt;" in text
    none = dict.fromkeys(("grader", "assignment_sha256", "seed_sha256", "python", "numpy"), "")
    header = Header(assignment="small", isolation=server.isolation, **none)
    assert "<script>alert" not in write_class_report(header, [report], {})
