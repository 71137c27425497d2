"""Who changes an argument in place is read from the text: the function, what it calls, or nobody knows."""

from __future__ import annotations

import pytest

from grader.notebooks.argument_mutation import changer, may_spoil

SPOIL = "def spoil(a, b=0):\n    a[0] = b\n    return a"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("x[0] = 1", id="an entry"),
        pytest.param("x += 1", id="in place"),
        pytest.param("x['W'] -= 1", id="an entry in place"),
        pytest.param("x.sort()", id="a method"),
        pytest.param("x.T[0] = 1", id="a view"),
        pytest.param("x.ravel()[0] = 1", id="a view by a method"),
        pytest.param("y = x\n    y[0] = 1", id="another name"),
        pytest.param("W, b = x\n    b -= 1", id="a part by unpacking"),
        pytest.param("y, z = x, 1\n    y[0] = z", id="one of two names"),
        pytest.param("for row in x:\n        row[0] = 1", id="a part in a loop"),
        pytest.param("np.maximum(x, 0, out=x)", id="out"),
        pytest.param("y: list = x\n    y[0] = 1", id="with an annotation"),
        pytest.param("del x[0]", id="an entry that is deleted"),
        pytest.param("f(1)\n    x[0] = 1", id="beside a call of itself"),
    ],
)
def test_a_function_that_changes_its_argument_does_so_itself(body: str) -> None:
    assert changer([SPOIL, f"def f(x):\n    {body}"], "f", 0) == "f"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("return spoil(x)", id="as it is"),
        pytest.param("y = x\n    return spoil(b=1, a=y)", id="by name"),
        pytest.param("return spoil(x['W'])", id="a part of it"),
        pytest.param("y = {}\n    y['W'] = spoil(x)\n    return y", id="beside a dictionary of its own"),
        pytest.param("return between(x)", id="by way of another"),
        pytest.param("y = x.copy()\n    y[0] = 1\n    return spoil(x)", id="beside a copy"),
    ],
)
def test_a_function_that_is_called_with_it_is_named(body: str) -> None:
    between = "def between(a):\n    return between(a) + spoil(a)"
    assert changer([SPOIL, between, f"def f(x):\n    {body}"], "f", 0) == "spoil"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return spoil(x.copy())", id="a copy is changed"),
        pytest.param("def f(x):\n    return spoil(1, x)", id="another parameter is changed"),
        pytest.param("def f(x):\n    np.random.shuffle(x)", id="a library"),
        pytest.param("def f():\n    x[0] = 1", id="no such argument"),
        pytest.param("f = lambda x: x.sort()", id="no def"),
        pytest.param("def f(x:", id="no Python"),
    ],
)
def test_nobody_is_named_where_the_text_does_not_say(source: str) -> None:
    assert changer([SPOIL, source], "f", 0) == ""


def test_the_last_definition_counts() -> None:
    assert changer([SPOIL, "def f(x):\n    x[0] = 1", "def f(x):\n    spoil(x)"], "f", 0) == "spoil"


def test_a_function_of_two_names_is_one() -> None:
    assert changer(["def mine(x):\n    x[0] = 1", "f = mine"], "f", 0) == "f"
    assert changer(["def g(x):\n    x[0] = 1", "h = g", "def f(x):\n    h(x)"], "f", 0) == "h"


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(
            [
                *(f"def f{i}(x):\n    f{i + 1}(x)\n    f{i + 1}(x[0])\n" for i in range(200)),
                "def f200(x):\n    x[0] = 1",
            ],
            id="many ways to it",
        ),
        pytest.param(
            [
                "def f0(x):\n"
                + "".join(f"    a{i} = a{i - 1}\n" for i in range(1000, 0, -1))
                + "    a0 = x\n    a1000[0] = 1"
            ],
            id="names in reverse",
        ),
        pytest.param(["def f0(x):\n    x" + ".a" * 1200 + " = 1"], id="a deep part"),
    ],
)
def test_a_text_that_is_made_to_be_slow_is_read_to_its_end(sources: list[str]) -> None:
    assert changer(sources, "f0", 0) in {"f0", "f200"}


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np",
        "def f(x):\n    return x + 1",
        "def f(x, k=1):\n    y = [x]\n    y.append(k)\n    y[0] = k\n    return y",
        "RATE = 0.1",
        "g = f",
    ],
)
def test_what_changes_its_own_alone_spoils_nothing(source: str) -> None:
    assert not may_spoil(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    x[0] = 1", id="its argument"),
        pytest.param("def f(x):\n    y = x.T\n    y += 1", id="a view of its argument"),
        pytest.param("def f(x):\n    x.append(1)", id="by a method"),
        pytest.param("def f(x):\n    np.add(x, 1, out=x)", id="as out"),
        pytest.param("def f(x):\n    np.add(x, 1, x)", id="as out by its position"),
        pytest.param("def f(x):\n    np.fill_diagonal(x, 0)", id="by a function of NumPy"),
        pytest.param("def f(x):\n    KNOWN.append(x)", id="a global list"),
        pytest.param("def f(x):\n    f.calls = 1", id="an attribute of its own"),
        pytest.param("def f(x):\n    global n\n    n = x", id="a global name"),
        pytest.param("def f(x, kept=[]):\n    return kept", id="a default"),
        pytest.param("def f(x):\n    return np.random.randn(x)", id="the generator of all"),
        pytest.param("def f(x):\n    yield x", id="a generator"),
        pytest.param("@remember\ndef f(x):\n    return x", id="a decorator"),
        pytest.param("rows = iter([1])", id="a value that may change"),
        pytest.param("class F:\n    pass", id="a class"),
        pytest.param("def f(", id="no Python"),
    ],
)
def test_what_changes_an_argument_or_keeps_something_may_spoil(source: str) -> None:
    assert may_spoil(source)
