"""A statement that may depend on more than its inputs makes no sense; equal senses mean equal deeds."""

from __future__ import annotations

import pytest

from grader.harmless import Sense, sense_of
from grader.notebook.parsing import OF_NOTEBOOKS

PROVIDED = frozenset({"provided"})
NUMPY = "def f(x):\n    return np.dot(x, 2)"


def sense(source: str) -> Sense | None:
    return sense_of(source, PROVIDED)


def body(text: str) -> str:
    return "def f(x):\n    " + text.replace("\n", "\n    ")


def digest(source: str) -> bytes:
    made = sense(source)
    assert made is not None
    return made.digest


# ---------------------------------------------------------------- what is harmless


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import numpy as np", id="an import"),
        pytest.param("import numpy.linalg", id="an import of a part"),
        pytest.param("from numpy import dot, zeros", id="names of NumPy's"),
        pytest.param("from provided import *", id="all of a provided module"),
        pytest.param("LAYERS = (3, -1, [2.5])", id="a constant"),
        pytest.param("rate = np.pi", id="a constant of NumPy's"),
        pytest.param("k = lambda x, y=1: x + y", id="a lambda"),
        pytest.param(
            "def f(x, *rest, k: int = 3, **more) -> float:\n    return x", id="all kinds of parameters"
        ),
        pytest.param(body("np.random.seed(3)\nreturn np.random.randn(2)"), id="a fixed seed"),
        pytest.param(body("return np.random.RandomState( 3 ).rand()"), id="a generator with a seed"),
        pytest.param(body("return np.random.default_rng(3).random()"), id="a new generator with a seed"),
        pytest.param(body("assert x.shape == (2,), f'{x.shape}'\nreturn x"), id="an assertion"),
        pytest.param(
            body("try:\n    return 1 / x\nexcept ZeroDivisionError as e:\n    raise ValueError('no') from e"),
            id="exceptions",
        ),
        pytest.param(body("print('cost', x)\nreturn {k: v for k, v in enumerate(x)}"), id="prints and loops"),
        pytest.param(
            body("def inner(y):\n    nonlocal x\n    x += y\n    return x\nreturn inner(1)"), id="a closure"
        ),
        pytest.param(body("for y in x:\n    yield y"), id="a generator function"),
        pytest.param(body("import math\nreturn math.exp(x)"), id="a harmless import inside"),
        pytest.param(body("open = x\nreturn open"), id="a local name that hides a builtin"),
        pytest.param(
            body("x['W1'] = x['W1'] - 1\nx['b'] += 1\ndel x['c']\nreturn x"), id="changed arguments"
        ),
        pytest.param(
            body("return 'cost {0:.2f} of {}'.format(x, 1) + format(x, '.1f')"), id="formatted text"
        ),
        pytest.param(body("return x is None or (x > 2) is not True"), id="the one object of its kind"),
        pytest.param(body("return np.log(x, out=x, where=x > 0)"), id="numbers that are left as they were"),
        pytest.param(body("assert x, 'give no datetime: " + "-" * 100 + "'"), id="a long text"),
        pytest.param(body("return x.shape, x.dtype.name, np.inf"), id="attributes that are no functions"),
    ],
)
def test_what_depends_on_its_inputs_alone_has_a_sense(source: str) -> None:
    assert sense(source) is not None


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import time", id="a module that is not known"),
        pytest.param("import numpy.testing", id="a part of NumPy that is not known"),
        pytest.param("from numpy import lib", id="a module in NumPy"),
        pytest.param("from numpy import load", id="what reads files by name"),
        pytest.param("from numpy import *", id="all of NumPy, which sets builtins"),
        pytest.param("from math import *", id="all of a module that is not provided"),
        pytest.param("from numpy.random import seed as s", id="a seed under another name"),
        pytest.param("from . import provided", id="a relative import"),
        pytest.param(body("import socket\nreturn x"), id="an import inside"),
        pytest.param(body("return time.time()"), id="a clock"),
        pytest.param(body("return np.datetime64('now')"), id="a clock of NumPy's"),
        pytest.param(body("return np.random.default_rng().random()"), id="entropy"),
        pytest.param(body("return np.random.RandomState(x).rand()"), id="a seed that may be None"),
        pytest.param(body("return np.random.RandomState(seed=None)"), id="a seed by keyword"),
        pytest.param(body("s = np.random.RandomState\nreturn s()"), id="entropy by another name"),
        pytest.param(body("np.random.seed()\nreturn x"), id="a seed from outside"),
        pytest.param(body("np.random.seed(3 if x else None)"), id="a seed from outside at times"),
        pytest.param(body("s = np.random.seed\ns()"), id="a seed by another name"),
        pytest.param(body("return np.random.SeedSequence()"), id="a sequence of seeds"),
        pytest.param(body("return np.random.PCG64().random_raw()"), id="a bare source of bits"),
        pytest.param(body("np.random.set_state(x)"), id="a generator set from outside"),
        pytest.param(body("np.random.\u017feed()"), id="a seed from outside, spelled in another way"),
        pytest.param(body("return type(x)()"), id="what makes another of its kind, from outside"),
        pytest.param(body("return np.random.bit_generator"), id="a module in a module"),
        pytest.param(body("return np.array(x, 'M8[us]')"), id="a clock by its code"),
        pytest.param(body("return np.array(x).astype('datetime64[s]')"), id="a clock by its name"),
        pytest.param(body("return np.array('now', 'M')"), id="a clock by the time that it is"),
        pytest.param(body("return np.busday_offset(x, 0)"), id="a calendar"),
        pytest.param(body("return open(x)"), id="a file"),
        pytest.param(body("return np.load(x)"), id="a file of NumPy's"),
        pytest.param(body("x.tofile('a')"), id="a file of an array's"),
        pytest.param(body("return input()"), id="a terminal"),
        pytest.param(body("return id(x)"), id="identity"),
        pytest.param(body("return hash(x)"), id="a hash, which may be an address"),
        pytest.param(body("return object()"), id="an object whose text is an address"),
        pytest.param(body("return x.ctypes.data"), id="an address"),
        pytest.param(body("return x.__array_interface__"), id="an address by its protocol"),
        pytest.param(body("return np.shares_memory(x, x[1:])"), id="addresses compared"),
        pytest.param(body("return memoryview(x)"), id="bare memory"),
        pytest.param(body("return np.empty(3)"), id="memory as it was found"),
        pytest.param(body("x.resize(9)"), id="memory as it was found, behind an array"),
        pytest.param(body("return np.pad(x, 9, 'empty')"), id="memory as it was found, around an array"),
        pytest.param(body("return np.log(x, where=x > 0)"), id="memory as it was found, at some places"),
        pytest.param(body("return np.log(x, **{'where': x > 0})"), id="the same by a dictionary"),
        pytest.param(body("return np.recarray(x)"), id="memory as it was found, in records"),
        pytest.param(body("return x.base"), id="memory around a view"),
        pytest.param(body("return x.dtype.metadata"), id="what is written on a type"),
        pytest.param(body("return x.__class__"), id="what has underscores"),
        pytest.param(body("return __builtins__"), id="a global with underscores"),
        pytest.param(body("return getattr(x, 'ctypes')"), id="an attribute by its name"),
        pytest.param(body("return '{0.ctypes}'.format(x)"), id="an attribute in a text"),
        pytest.param(body("return '{0[K]}'.format(x)"), id="an index in a text"),
        pytest.param(body("return '{:{0.ctypes}}'.format(x)"), id="an attribute in how a text is written"),
        pytest.param(body("return '{'.format(x)"), id="a text that cannot be formatted"),
        pytest.param(body("return x.format(x)"), id="a text that is not known"),
        pytest.param(body("return (x + '').format_map(x)"), id="a text that is not known, and a dictionary"),
        pytest.param(
            body("match x:\n    case int(__builtins__=b):\n        return b"), id="an attribute in a pattern"
        ),
        pytest.param(body("return x.gi_frame"), id="an attribute that is none of NumPy's"),
        pytest.param(body("np.typecodes['n'] = x"), id="a table that all share"),
        pytest.param(body("return np.r_['K']"), id="a text that is read as a name"),
        pytest.param(body("return np.bmat('K')"), id="a text that is read as names"),
        pytest.param(body("return x is 'relu'"), id="which text it is"),
        pytest.param(body("return x is 1.0"), id="which number it is, though equal to True"),
        pytest.param(body("return x is np is not None"), id="which of two it is, beside another question"),
        pytest.param(body("return eval('x')"), id="text that is run"),
        pytest.param(body("return globals()"), id="all globals"),
        pytest.param(body("return (lambda: open(x))()"), id="a function inside"),
        pytest.param(body("return [open(y) for y in x]"), id="a comprehension inside"),
        pytest.param(body("np.dot = x"), id="what other functions would see"),
        pytest.param(body("for np.dot in x:\n    pass"), id="what a loop sets for others"),
        pytest.param(body("del np.dot"), id="what others would miss"),
        pytest.param(body("global kept\nkept = x"), id="a global"),
        pytest.param(body("global kept\nfor kept in x:\n    pass"), id="a global in a loop"),
        pytest.param(body("f.calls = 1"), id="an attribute of a function"),
        pytest.param(body("np.seterr(all='raise')"), id="a setting that stays"),
        pytest.param(body("with np.errstate(all='raise'):\n    return g(x)"), id="a setting for others"),
        pytest.param(body("with np.printoptions(precision=1):\n    return g(x)"), id="how numbers look"),
        pytest.param(body("x.setflags(write=False)"), id="a flag"),
        pytest.param(body("class A:\n    pass\nreturn A()"), id="a class inside"),
        pytest.param("class A:\n    pass", id="a class"),
        pytest.param("def sum(x):\n    return x", id="a builtin of its own"),
        pytest.param("from math import exp as max", id="an import that hides a builtin"),
        pytest.param("def f(x, k=np.zeros(3)):\n    return k", id="a default that is made by a call"),
        pytest.param("@np.vectorize\ndef f(x):\n    return x", id="a decorator"),
        pytest.param("y = 9 ** 9 ** 9", id="work while it is defined"),
        pytest.param("y = LAYERS[0]", id="an index"),
        pytest.param("def f(x:\n    return", id="what does not parse"),
        pytest.param("return 3", id="what does not compile"),
        pytest.param("x = '" + "\0'", id="a byte that no source has"),
        pytest.param("y = 0x" + "f" * 4000, id="a number that is never written in decimals"),
        pytest.param("y = " + "(" * 500 + ")" * 500, id="more brackets than can be read"),
    ],
)  # fmt: skip
def test_what_may_depend_on_more_than_its_inputs_has_no_sense(source: str) -> None:
    assert sense(source) is None


def test_a_module_is_harmless_only_where_it_is_provided() -> None:
    assert sense_of("from provided import aid", frozenset()) is None


# ---------------------------------------------------------------- what a sense says


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(NUMPY + "  # twice", id="a comment"),
        pytest.param("\n\n" + NUMPY, id="lines above"),
        pytest.param(NUMPY.replace("(x, 2)", "(\n        x,\n        2)"), id="line breaks"),
        pytest.param(NUMPY.replace(", 2", ", 1 + 1"), id="a constant that is worked out at once"),
    ],
)
def test_layout_leaves_the_digest(other: str) -> None:
    assert digest(other) == digest(NUMPY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("x = 0.0", "x = -0.0", id="a zero's sign"),
        pytest.param("x = 1", "x = 1.0", id="a number's type"),
        pytest.param("x = 1", "x = True", id="a truth value"),
        pytest.param("x = 'a'", "x = b'a'", id="bytes"),
        pytest.param("x = 1", "y = 1", id="the name that is bound"),
        pytest.param("k = lambda: ...", "k = lambda: None", id="an ellipsis"),
        pytest.param(body("return x.T"), body("return x.real"), id="an attribute"),
        pytest.param(
            "def f(x, y):\n    return x", "def f(x, *, y):\n    return x", id="how a parameter is given"
        ),
        pytest.param(
            "def f(x, y):\n    return x", "def f(x, /, y):\n    return x", id="a parameter without a name"
        ),
        pytest.param(body("return k(a=x)"), body("return k(b=x)"), id="a keyword"),
        pytest.param(
            body("try:\n    k()\nexcept ValueError:\n    x = 1\nreturn x"),
            body("k()\nreturn x"),
            id="an exception that is caught",
        ),
        pytest.param(
            body("return [lambda: 1, lambda: 2]"),
            body("return [lambda: 2, lambda: 1]"),
            id="the order of functions inside",
        ),
    ],
)
def test_what_makes_a_difference_changes_the_digest(one: str, other: str) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    ("source", "binds", "values", "kind"),
    [
        ("import numpy as np, math", {"np", "math"}, set(), "imports"),
        ("import numpy.linalg", {"numpy"}, set(), "imports"),
        ("from provided import *", {"*"}, set(), "imports"),
        ("from math import pi as p", {"p"}, set(), "imports"),
        ("rate = 3", {"rate"}, set(), ""),
        ("k = rate", {"k"}, {"rate"}, ""),
        ("k = lambda y: g(y)", {"k"}, {"y"}, ""),
        ("if True:\n    def f(x):\n        return 1", {"f"}, set(), ""),
        ("def f(x):\n    y = x\n    return y", {"f"}, {"x", "y"}, "defines"),
        ("def f(x, k=g):\n    return h(x)", {"f"}, {"g", "x"}, "defines"),
        ("def f(x):\n    return h(x, key=h)", {"f"}, {"x", "h"}, "defines"),
        ("def f(x):\n    return h(x)(h.shape)", {"f"}, {"x", "h"}, "defines"),
    ],
)
def test_a_sense_says_what_is_bound_and_what_is_read(
    source: str, binds: set[str], values: set[str], kind: str
) -> None:
    made = sense(source)
    assert made is not None
    assert (made.binds, made.values) == (binds, values)
    assert (made.imports, made.defines) == (kind == "imports", kind == "defines")


@pytest.mark.parametrize(
    ("source", "stateless"),
    [
        pytest.param("def f(x, k=(1, 2)):\n    return k", True, id="a default that nobody can change"),
        pytest.param("LAYERS = (1, 2, 3)", True, id="a tuple"),
        pytest.param(body("kept = []\nkept.append(x)\nreturn kept"), True, id="a list of each call's own"),
        pytest.param(
            body("def k(y, seen=[]):\n    seen.append(y)\nreturn k(x)"), True, id="a default made in a call"
        ),
        pytest.param("from provided import *", True, id="all of a provided module"),
        pytest.param("def f(x, seen=[]):\n    return seen", False, id="a list by default"),
        pytest.param("def f(x, *, seen={}):\n    return seen", False, id="a dictionary by default"),
        pytest.param("def f(x, seen=([],)):\n    return seen", False, id="a list in a tuple"),
        pytest.param("k = lambda x, seen=[1, 2, 3]: seen", False, id="a list with constants"),
        pytest.param("KEPT = {'a': 1, 'b': 2}", False, id="a dictionary with constants"),
        pytest.param("KEPT = []", False, id="a list"),
        pytest.param(body("return np.random.rand()"), False, id="a random number"),
        pytest.param("from numpy.random import rand as draw", False, id="what draws them, by another name"),
        pytest.param(
            body("return np.\uff52andom.rand()"), False, id="a random number, spelled in another way"
        ),
        pytest.param(
            body("try:\n    return k(x)\nexcept (KeyError, ValueError):\n    return 0"),
            True,
            id="a failure of its own",
        ),
        pytest.param(body("try:\n    return k(x)\nexcept:\n    return 0"), False, id="whatever fails"),
        pytest.param(
            body("try:\n    return k(x)\nexcept (KeyError, Exception):\n    return 0"),
            False,
            id="a lack of stack",
        ),
        pytest.param(body("try:\n    k(x)\nfinally:\n    print(x)"), True, id="what is done at the end"),
        pytest.param(
            body("try:\n    return k(x)\nfinally:\n    return 0"), False, id="what ends a failure at the end"
        ),
    ],
)
def test_stateless_is_what_one_call_cannot_change_for_the_next(source: str, stateless: bool) -> None:
    made = sense(source)
    assert made is not None
    assert made.stateless is stateless


@pytest.mark.parametrize("name", sorted(OF_NOTEBOOKS))
def test_what_only_a_notebook_has_is_not_known_to_be_harmless(name: str) -> None:
    assert sense_of(f"def f(x):\n    return {name}", frozenset()) is None


@pytest.mark.parametrize(
    "source",
    [
        "A = make()",
        "A = B[0]",
        "A[0] = 1",
        "A.append(1)",
        "A *= 2",
        "for i in A:\n    B = i",
        "with A:\n    B = 1",
        "print(A := 1)",
        "del A[0]",
        "A.k = 1",
        "from __future__ import annotations",
        "%%writefile mine\nK = 1",
    ],
)
def test_what_makes_a_constant_in_steps_has_no_meaning(source: str) -> None:
    assert sense_of(source, frozenset()) is None
