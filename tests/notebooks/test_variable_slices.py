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
    sources = ("x = [1, 2]\ny = 3", "x.append(4)", "limit = sum(x) / y", "x.append(5)")
    assert lines_of("limit", *sources) == [
        "x = [1, 2]",
        "y = 3",
        "x.append(4)",
        "limit = sum(x) / y",
    ]


def test_what_leads_to_another_graded_variable_is_no_part_of_it() -> None:
    sources = ("x = [1, 2]", "total = sum(x)", "total += 1", "limit = total / 2")
    assert lines_of("limit", *sources) == ["limit = total / 2"]
    assert part_of("limit", *sources).uses == {"total"}
    assert part_of("limit", *sources).settled == {"total": (3, 1, 0)}


@pytest.mark.parametrize(
    ("sources", "lines", "uses"),
    [
        pytest.param(
            ("total = load()", "rows = total[:2]", "total = sum(total)", "limit = total + len(rows)"),
            ["total = load()", "rows = total[:2]", "limit = total + len(rows)"],
            {"total"},
            id="it had another value before",
        ),
        pytest.param(
            ("# GRADED VARIABLE: total\ntotal = 3", "total = 7", "limit = total"),
            ["total = 7", "limit = total"],
            set(),
            id="it has another value after its own cell",
        ),
        pytest.param(
            ("total = [1]", "limit = len(total)", "total = total + [2]"),
            ["total = [1]", "limit = len(total)"],
            set(),
            id="it has its value only below",
        ),
        pytest.param(
            ("total, limit = 3, 4", "limit += total"),
            ["total, limit = 3, 4", "limit += total"],
            set(),
            id="one statement sets both",
        ),
        pytest.param(
            ("total, other = 3, 4", "limit = total + other"),
            ["total, other = 3, 4", "limit = total + other"],
            {"total"},
            id="one statement sets something else too",
        ),
        pytest.param(
            ("import random", "random.seed(1)", "total = random.random()", "limit = total + random.random()"),
            ["import random", "random.seed(1)", "total = random.random()", "limit = total + random.random()"],
            {"total"},
            id="it draws from the same generator",
        ),
        pytest.param(
            ("total = 3", "def double():\n    return 2 * total", "limit = double()"),
            ["def double():\n    return 2 * total", "limit = double()"],
            {"total"},
            id="a helper reads it",
        ),
        pytest.param(("limit = total",), ["limit = total"], {"total"}, id="nothing sets it"),
    ],
)
def test_the_slice_ends_where_the_other_has_its_value(
    sources: tuple[str, ...], lines: list[str], uses: set[str]
) -> None:
    assert lines_of("limit", *sources) == lines
    assert part_of("limit", *sources).uses == uses
    assert "total" not in part_of("limit", *sources).unbound


def test_a_function_has_what_sets_the_graded_variable_that_it_reads() -> None:
    wanted = Wanted(("cost", "total"), {}, {}, variables=("total",))
    part = extract(cells("total = 3", "def cost(x):\n    return x * total"), wanted).parts["cost"]
    assert part.statements[0].source == "total = 3"
    assert part.uses == {"total"}


@pytest.mark.parametrize("test", ["total_test(total)", "total_test_1(total)", "limit_test(limit)"])
def test_a_public_test_changes_no_variable(test: str) -> None:
    imported, made = "from public_tests import *", ["total = [1]", "limit = total[0]"]
    assert lines_of("limit", imported, made[0], test, made[1], test) == made[1:]
    assert part_of("limit", imported, made[0], test, made[1], test).settled == {"total": (2, 1, 0)}
    assert part_of("limit", imported, made[0], test, made[1], test).unbound == {}
