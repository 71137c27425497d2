"""Tests of what a cell needs that this Python does not parse: certain, or nothing is said."""

from __future__ import annotations

import sys
from time import process_time

import pytest

from grader.models.submission import Cell
from grader.notebooks.python_versions import needed_python
from grader.notebooks.statements import Broken, parse_cell

of_3_12 = pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python parses it")


@of_3_12
@pytest.mark.parametrize(
    "source",
    [
        pytest.param("type Layers = list[int]\ndef f(x): return x", id="a type"),
        pytest.param("type Pair[T] = tuple[T, T]", id="a generic type"),
        pytest.param("def first[T](xs: list[T]) -> T:\n    return xs[0]", id="a generic function"),
        pytest.param("class Stack[T]:\n    pass", id="a generic class"),
        pytest.param('x = f"{d["a"]}"', id="the same quotes inside"),
        pytest.param("x = f'{\"\\n\".join(a)}'", id="a backslash inside"),
        pytest.param('x = f"{f"{1}"}"', id="an f-string in its own"),
    ],
)
def test_syntax_of_3_12_is_named_as_that(source: str) -> None:
    assert needed_python(source) == (3, 12)
    broken = parse_cell(Cell(1, source))
    assert isinstance(broken, Broken)
    assert broken.reason == f"it needs Python 3.12; this is 3.{sys.version_info.minor}"


@pytest.mark.parametrize(
    "source",
    [
        "def f(x)\n    return x",
        'x = f"{d[1}"',
        'x = f"{d["a"]}" (',
        "type = (",
        "def f(a, a): pass",
        'f"{' * 20_000,
    ],
    ids=["a colon", "a slip in an f-string", "both", "a bracket", "what parses", "many f-strings"],
)
def test_a_slip_is_a_slip_in_every_python(source: str) -> None:
    start = process_time()
    assert needed_python(source) is None
    assert process_time() - start < 5
