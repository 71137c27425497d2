"""The statements that lead to a variable: all that it is made of, and no public test."""

from __future__ import annotations

import pytest
from extractions import cells

from grader.models.assignment import Wanted
from grader.models.submission import Part
from grader.notebooks.extraction import extract

WANTED = Wanted(("total", "limit"), {}, {}, variables=("total", "limit"))


def part_of(name: str, *sources: str) -> Part:
    return extract(cells(*sources), WANTED).parts[name]


def lines_of(name: str, *sources: str) -> list[str]:
    return [statement.source for statement in part_of(name, *sources).statements]


def test_a_variable_brings_what_it_is_made_of_and_nothing_else() -> None:
    sources = ("x = [1, 2]\ny = 3", "x.append(4)", "total = sum(x)", "limit = total / y", "x.append(5)")
    assert lines_of("limit", *sources) == [
        "x = [1, 2]",
        "y = 3",
        "x.append(4)",
        "total = sum(x)",
        "limit = total / y",
    ]


@pytest.mark.parametrize("test", ["total_test(total)", "total_test_1(total)", "limit_test(limit)"])
def test_a_public_test_changes_no_variable(test: str) -> None:
    imported, made = "from public_tests import *", ["total = [1]", "limit = total[0]"]
    assert lines_of("limit", imported, made[0], test, made[1], test) == made
    assert part_of("limit", imported, made[0], test, made[1], test).unbound == {}
