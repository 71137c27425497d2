"""The names that a test reads of the notebook above it, and those that it sets first."""

from __future__ import annotations

import pytest

from grader.importers.names_in_tests import mentioned, set_first


@pytest.mark.parametrize(
    ("source", "own"),
    [
        pytest.param("x = f(3)\nassert x == y", {"x"}, id="a value"),
        pytest.param("x = x + 1\nassert x == 2", set(), id="set from what it was"),
        pytest.param("assert x == 2\nx = 3", set(), id="set later"),
        pytest.param("a, b = f()\nassert a < b", {"a", "b"}, id="several"),
        pytest.param("for i in x:\n    assert f(i)", {"i"}, id="a loop"),
        pytest.param("for x in f(x):\n    pass", set(), id="a loop over itself"),
        pytest.param("if f():\n    x = 3\nassert x", set(), id="set perhaps"),
        pytest.param("x[0] = 3", set(), id="changed in place"),
        pytest.param("def f(:", set(), id="no Python"),
    ],
)
def test_what_is_set_first_is_the_test_s_own(source: str, own: set[str]) -> None:
    assert set_first(source) == own


def test_names_in_texts_are_mentioned_too() -> None:
    assert mentioned("assert 'x' in dir()\nassert 'a b' != y") == {"x", "y", "dir"}
