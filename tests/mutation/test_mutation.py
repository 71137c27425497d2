"""Tests of the mutation operators: each one's own examples, and what holds for every mutant."""

from __future__ import annotations

import ast
import inspect

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.mutation import OPERATORS, Mutant, mutants
from grader.mutation.operator import Operator

GRADIENTS = '''
def gradients(dZ, cache, scale=2):
    """Return dW = dZ A.T / m; the mean is over 1 / m."""
    A, W, _ = cache
    m = A.shape[1]
    assert m > 0, "1 example or more"
    print(m - 1)
    dW = dZ @ A.T / m
    db = -np.sum(dZ, axis=1, keepdims=True)
    if m > 1:
        raise ValueError("2")
    return dW, db
'''

LINES = (
    "m = X.shape[1]",
    "Z = W @ X + b",
    "Z = np.dot(W, X) - b",
    "A, cache = relu(Z)",
    'A = g(Z, "sigmoid")',
    "db = np.sum(Z, axis=1, keepdims=True) / m",
    'grads[f"dW{i}"] = -0.01 * np.random.randn(m, 3)',
    'W = copy.deepcopy(p)["W1"]',
    "for i in range(1, L + 1): x.append(W[i - 1:])",
    "L = len(p) // 2",
    "Z = np.zeros((m, 1)) if Z > 0 else x ** 2",
    "assert Z.shape == (3, 1)",
    "print(Z + 1)",
    "pass",
)


def texts(source: str) -> list[str]:
    return [mutant.source for mutant in mutants(source)]


def normal(source: str) -> str:
    return ast.unparse(ast.parse(source))


@pytest.mark.parametrize(
    ("operator", "before", "after"),
    [
        pytest.param(operator, *example, id=f"{operator.name}: {' to '.join(example)}")
        for operator in OPERATORS
        for example in operator.examples
    ],
)
def test_an_operator_does_what_its_examples_show(operator: Operator, before: str, after: str):
    made = [mutant.source for mutant in mutants(before) if mutant.operator == operator.name]
    assert normal(after) in made


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_an_operator_has_examples_and_a_name_of_its_own(operator: Operator):
    assert operator.examples
    assert [other.name for other in OPERATORS].count(operator.name) == 1


def test_a_mutant_says_where_it_is_and_what_is_wrong():
    found = [m for m in mutants(GRADIENTS) if m.operator == "factor dropped"]
    dropped = found[0]
    assert isinstance(dropped, Mutant)
    assert dropped.line == 8
    assert dropped.description == "the division by `m` is missing"
    assert dropped.hint == "The division by `m` is missing."
    assert "dW = dZ @ A.T\n" in dropped.source


def test_mutants_come_in_the_order_of_the_source():
    lines = [mutant.line for mutant in mutants(GRADIENTS)]
    assert lines == sorted(lines)
    assert len(lines) > 30


def test_the_same_source_has_the_same_mutants():
    assert list(mutants(GRADIENTS)) == list(mutants(GRADIENTS))


def test_docstrings_asserts_prints_exceptions_and_defaults_stay():
    for source in texts(GRADIENTS):
        function = ast.parse(source).body[0]
        assert isinstance(function, ast.FunctionDef)
        assert inspect.cleandoc(ast.get_docstring(function) or "").startswith("Return dW = dZ A.T / m;")
        for kept in ("assert m > 0", "print(m - 1)", "ValueError('2')", "scale=2"):
            assert kept in source


def test_the_axis_and_the_seed_are_not_counted_on():
    made = texts("np.random.seed(1)\ns = np.sum(x, axis=1)")
    assert not any("axis=2" in source or "seed(0)" in source for source in made)
    assert any("seed(2)" in source for source in made)


def test_names_are_mistaken_for_names_of_their_kind_alone():
    source = 'def f(A, B, p, activation):\n    L = len(p)\n    return g(A, p["W1"], activation == "relu")'
    said = [mutant.description for mutant in mutants(source) if mutant.operator == "name mistaken"]
    assert said == ["`B` instead of `A`"]


def test_a_source_that_does_not_parse_is_refused():
    with pytest.raises(SyntaxError):
        list(mutants("def f(:"))


@settings(max_examples=40)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=6))
def test_every_mutant_compiles_and_differs_from_the_source_and_the_others(lines: list[str]):
    source = "\n    ".join(["def f(X, W, b, p):", *lines])
    made = texts(source)
    assert len(set(made)) == len(made)
    assert normal(source) not in made
    for text in made:
        compile(text, "mutant", "exec")
