"""The text of a function: splices change what they name, and nothing else."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.repair.source_text import FunctionText, Splice, neighbours

SOURCE = '''def f(x, n):
    """Say ä."""
    y = x  # ö
    for i in range(n):
        y = g(y, f"W{i}{n + 1}"); z = -y
    return y'''


def text() -> FunctionText:
    return FunctionText(SOURCE)


def expressions() -> list[ast.expr]:
    loaded = [n for n in ast.walk(text().function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return [*loaded]


@pytest.mark.parametrize("number", range(len(expressions())))
def test_each_expression_can_be_replaced_and_the_rest_stays(number: int) -> None:
    of = text()
    old = [n for n in ast.walk(of.function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)][
        number
    ]
    made = of.applied([of.replacing(old, ast.Constant(7))])
    wanted = ast.unparse(of.function)
    tree = ast.parse(made)
    sevens = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and n.value == 7]
    assert len(sevens) == 1
    assert ast.unparse(tree).count("\n") == wanted.count("\n")
    assert "# ö" in made
    assert '"""Say ä."""' in made


def test_an_operation_stands_in_parentheses_in_the_place_of_a_name() -> None:
    of = text()
    negated = next(n for n in ast.walk(of.function) if isinstance(n, ast.UnaryOp))
    made = of.applied([of.replacing(negated.operand, ast.BinOp(ast.Name("a"), ast.Add(), ast.Name("b")))])
    assert "z = -(a + b)" in made


def test_statements_get_the_indentation_of_their_place() -> None:
    of = text()
    loop = next(n for n in of.statements if isinstance(n, ast.For))
    new = ast.parse("if y:\n    y = 1").body
    assert "        if y:\n            y = 1" in of.applied([of.statements_instead(loop.body, new)])
    assert "\n    if y:\n        y = 1\n    for i" in of.applied([of.before(loop, new)])


def test_what_is_passed_over_keeps_the_lines_where_they_are() -> None:
    of = FunctionText("def f(x):\n    assert (x >\n            0)\n    return x")
    made = of.applied([of.passed_over(of.asserts[0])])
    assert made.split("\n")[3] == "    return x"
    assert "assert" not in made


@given(
    st.lists(st.tuples(st.integers(0, 40), st.text("ab", max_size=3)), max_size=4, unique_by=lambda p: p[0])
)
def test_splices_are_applied_wherever_they_are_and_in_any_order(parts: list[tuple[int, str]]) -> None:
    of = text()
    places = [len(SOURCE[:at].encode()) for at, _ in parts]
    splices = [Splice(place, place, new) for place, (_, new) in zip(places, parts, strict=True)]
    expected = SOURCE
    for at, new in sorted(parts, reverse=True):
        expected = expected[:at] + new + expected[at:]
    assert of.applied(splices) == expected


def test_neighbours_are_runs_of_two_and_more_the_short_ones_first() -> None:
    block = ast.parse("a\nb\nc\nd").body
    assert ["".join(map(ast.unparse, run)) for run in neighbours(block, 3)] == [
        "ab",
        "bc",
        "cd",
        "abc",
        "bcd",
    ]
