"""Programs have equal keys when they do the same whatever they see of themselves, and at no other time."""

from __future__ import annotations

import time

import pytest

from grader.grading.program_keys import LARGEST, Keys, meddles, tree_of
from grader.models.execution import Statement

F = "def f(x):\n    return x + 1"


def keys(*sources: str, cell: int = 1, beside: object = None) -> list[bytes]:
    made = Keys([Statement(cell, 1, source) for source in sources], beside, b"")
    return [key for key in (made.trees, made.text) if key]


@pytest.mark.parametrize(
    "same",
    [
        pytest.param("def f(x):\n    # one more\n    return x + 1", id="a comment"),
        pytest.param("def f( x ):\n\n  return (x+1)", id="layout"),
        pytest.param('def f(x):\n    """Adds one."""\n    return x + 1', id="a docstring"),
        pytest.param("def f(x): return x + 0x1", id="how a number is written"),
    ],
)
def test_what_nobody_can_see_makes_no_difference(same: str) -> None:
    assert keys(same, cell=3)[0] == keys(F)[0]
    assert keys(same, cell=3)[1] != keys(F)[1]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param("def f(x):\n    return x + 1.0", id="the type of a number"),
        pytest.param("def f(x):\n    return x + True", id="a truth value"),
        pytest.param("def f(x):\n    return x + 1j", id="an imaginary number"),
        pytest.param("def f(x):\n    return x + -1", id="a sign"),
        pytest.param("def f(x):\n    return x + '1'", id="a text"),
        pytest.param("def f(x):\n    return x + b'1'", id="bytes"),
        pytest.param("def f(x):\n    return 1 + x", id="an order"),
        pytest.param("def f(y):\n    return x + 1", id="a name"),
        pytest.param("def f(x):\n    'a'\n    'b'\n    return x + 1", id="a text that is no docstring"),
        pytest.param("def f(x):\n    assert x\n    return x + 1", id="what -O leaves out"),
        pytest.param("async def f(x):\n    return x + 1", id="a coroutine"),
        pytest.param("def f(x, /):\n    return x + 1", id="a kind of parameter"),
    ],
)
def test_what_a_program_does_makes_a_difference(other: str) -> None:
    assert keys(other)[0] != keys(F)[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x = 0.0", "x = -0.0", id="zeros"),
        pytest.param("x = 1e400 - 1e400", "x = -(1e400 - 1e400)", id="the sign of NaN"),
        pytest.param("x = 0j", "x = -0j", id="imaginary zeros"),
        pytest.param("x = [y]", "x = (y,)", id="containers"),
        pytest.param("x = [a, [b]]", "x = [[a], b]", id="what is in which container"),
        pytest.param("f'{x}'", "f'{x!r}'", id="conversions"),
        pytest.param("from a import b", "from .a import b", id="levels of an import"),
    ],
)
def test_constants_keep_types_and_signs(one: str, other: str) -> None:
    assert tree_of(one).digest != tree_of(other).digest


def test_the_order_of_statements_and_what_is_beside_them_make_a_difference() -> None:
    assert keys("a = 1", "b = 2")[0] != keys("b = 2", "a = 1")[0]
    assert keys(F, beside=1)[0] != keys(F, beside=2)[0]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return f.__doc__", id="its docstring"),
        pytest.param("def f(x):\n    return getattr(f, '_' + '_doc_' + '_')", id="by a text"),
        pytest.param("def f(x):\n    return '{0.__doc__}'.format(f)", id="by a format"),
        pytest.param("def f(x):\n    return ('{0._' + '_doc_' + '_}').format(f)", id="by a format of two"),
        pytest.param("def f(x):\n    return '{0[0]}'.format(x)", id="by an index in a format"),
        pytest.param("def f(x):\n    return str.format('{}', x)", id="by the type's format"),
        pytest.param("def f(x):\n    return eval('x')", id="by eval"),
        pytest.param("import inspect as i", id="by a module of another name"),
        pytest.param("def f(x):\n    return ｅｖａｌ('x')", id="by wide letters"),
        pytest.param("def f(g):\n    return g.gi_frame.f_lineno", id="a frame"),
        pytest.param("%%writefile module.py\nx = 1", id="a module that it writes"),
        pytest.param(f"x = '{'x' * LARGEST}'", id="more than is looked at"),
    ],
)  # fmt: skip
def test_what_may_see_itself_is_known_by_its_text_and_place_alone(source: str) -> None:
    assert len(keys(source)) == 1
    assert keys(source) != keys(source, cell=2)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    np.sqrt = x", id="an attribute that is set"),
        pytest.param("def f(x):\n    del np.sqrt", id="one that is deleted"),
        pytest.param("def f(x):\n    for np.sqrt in x: pass", id="one that a loop sets"),
        pytest.param("def f(x):\n    yield x", id="a generator"),
        pytest.param("def f(x):\n    np.seterr(all='raise')", id="settings"),
        pytest.param("def f(x):\n    setattr(np, 'sqrt', x)", id="setattr"),
        pytest.param("import weakref", id="weak references"),
        pytest.param("def f(x):\n    os.environ.update(given=x)", id="the environment"),
        pytest.param("class C:\n    def __del__(self): pass", id="a destructor"),
    ],
)
def test_what_may_change_what_is_not_its_own_meddles(source: str) -> None:
    assert tree_of(source).meddles


@pytest.mark.parametrize(
    "source",
    [
        F,
        "import numpy as np",
        "def f(A):\n    A[0] = np.setdiff1d(A.T, [1])\n    return set(A)",
        "print('{:.2f} of {}'.format(x, y))",
    ],
)
def test_what_everybody_writes_does_not(source: str) -> None:
    assert tree_of(source) == (tree_of(source).digest, False)
    assert tree_of(source).digest


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(
            "".join(f"{' ' * i}try:\n{' ' * i} a\n{' ' * i}finally:\n" for i in range(60)) + " " * 60 + "1",
            id="finally in finally, which Python compiles twice each",
        ),
        pytest.param("x = '" + "{" * (LARGEST - 10) + "'", id="a text of braces"),
        pytest.param("x = " + "-" * 9000 + "1", id="signs"),
        pytest.param("x = " + "(" * 9000 + "1", id="parentheses"),
        pytest.param("x = " + "9" * 9000, id="digits"),
        pytest.param("x = 0x" + "f" * 9000, id="hexadecimal digits"),
        pytest.param("x = " + "+".join("a" * 4000), id="a deep sum"),
    ],
)  # fmt: skip
def test_no_program_takes_long_to_look_at(source: str) -> None:
    start = time.process_time()
    assert keys(source)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "source",
    [
        "np.dot = print",
        "np.dot=print",
        "np.linalg . norm = print",
        "Z.flat += 1",
        "Z.flat //= 2",
        "x.y: int = 1",
        "for np.e in Z:\n    pass",
        "with Z as np.e:\n    pass",
        "del np.e",
        "del Z, np.e",
        "np.e, z = Z",
        "[np.e, z] = Z",
        "(np.e,\n z) = Z",
        "[np.e,\n z] = Z",
        "(np.\n e) = 3",
        "np.\\\ne = 3",
        "def f():\n    yield 1",
        "async def f(x):\n    await x",
        "setattr(np, 'e', 3)",
        "ｓｅｔａｔｔｒ(np, 'e', 3)",
    ],
)
def test_what_may_meddle_is_seen_in_the_text_as_in_the_tree(source: str) -> None:
    assert tree_of(source).meddles
    assert meddles(source)


def test_the_tree_of_a_usual_text_is_not_looked_at_for_it() -> None:
    tree_of.cache_clear()
    assert not meddles("def f(W, X):\n    Z = np.dot(W.T, X)\n    return Z[: X.shape[1]], (Z.T, W)")
    assert tree_of.cache_info().currsize == 0
