"""Whatever functions ask of each other, what is recalled is what the sandbox would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repeated import G_ALIKE, G_OTHER, NUMPY, Classroom, Counting, F, G, X, called, definition, notebook

from grader.board import Board
from grader.model import Call
from grader.sandbox.forkserver import ForkServer

# ---------------------------------------------------------------- what a caller could see


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("return x + 1", "x += 1\nreturn x", id="a changed argument"),
        pytest.param("return x + 0", "return x", id="an alias of the argument"),
        pytest.param("return x.copy()", "return x[:]", id="a view of the argument"),
        pytest.param("return [x, x]", "return [x, x * 1]", id="one array twice"),
        pytest.param("return x * 1.0", "return (x * 1.0).astype('f4')", id="another type"),
        pytest.param("return x * 0", "return x * -0.0", id="the sign of zero"),
        pytest.param("return np.zeros((2, 2))", "return np.zeros((2, 2)).T", id="another order in memory"),
        pytest.param("return {'a': 1, 'b': 2}", "return {'b': 2, 'a': 1}", id="another order of keys"),
        pytest.param("return 1", "return np.int64(1)", id="a number of another type"),
        pytest.param("return (1, 2)", "return [1, 2]", id="a list for a tuple"),
    ],
)
def test_what_a_caller_could_see_is_another_answer(classroom: Classroom, one: str, other: str) -> None:
    looks = definition("f", "y = g(x)\nx[0] += 5\nreturn str(y), x")
    asks = definition("h", "return str(g(x))")
    classroom.run([NUMPY, looks, definition("g", one)], called("f", X))
    classroom.run([NUMPY, asks, definition("g", other)], called("h", X))
    assert classroom.run([NUMPY, looks, definition("g", other)], called("f", X)) == {"f": 1}


def test_what_a_function_changes_is_recalled_too(classroom: Classroom) -> None:
    source = [definition("f", "x[0] = 9\nreturn y", "x, y")]
    classroom.run(source, called("f", X, X))
    assert not classroom.run(source, called("f", X, X))
    (run,) = classroom.next_grader().run(notebook(*source), [called("f", X, X)])
    assert run.changed == (0,)


ATTEMPTS = {
    "a list by default": [
        [
            definition("g", "seen.append(x)\nreturn len(seen)", "x, seen=[]"),
            definition("f", "g(x)\nreturn g(x)"),
        ]
    ],
    "a list beside two functions": [
        [kept, definition("g", "seen.append(x)\nreturn 1"), definition("f", "g(x)\nreturn len(seen)")]
        for kept in ("seen = []", "seen = [1]")
    ],
    "a constant that both read": [
        [f"rate = {rate}", definition("g", "return x * rate"), definition("f", "return g(x) + rate")]
        for rate in (1, 2, 1.0)
    ],
    "a lambda": [["k = lambda y: g(y)", g, definition("f", "return k(x)")] for g in (G, G_OTHER, G)],
    "a function that comes back": [
        [definition("g", f"return lambda y: y + {i}"), definition("f", "return g(x)(x)")] for i in (1, 2)
    ],
    "a generator": [
        [definition("g", f"for y in x:\n    yield y * {i}"), definition("f", "return list(g(x))")]
        for i in (1, 2)
    ],
    "a lazy argument": [
        [definition("g", f"return sum(x) * {i}"), definition("f", "return g(y + 1 for y in x)")]
        for i in (1, 2)
    ],
    "a graded function asked lazily": [
        [g, definition("f", "return sum(g(y) for y in x)")] for g in (G, G_OTHER, G_ALIKE)
    ],
    "itself": [[definition("f", f"return x if len(x) < 2 else f(x[1:]) * {i}")] for i in (1, 2, 1)],
    "each other": [
        [definition("f", "return x if len(x) < 2 else g(x[1:])"), definition("g", f"return f(x) * {i}")]
        for i in (1, 2, 1)
    ],
    "random numbers": [
        [
            NUMPY,
            definition("g", f"return np.random.rand({i})"),
            definition("f", "g(x)\nreturn np.random.randn()"),
        ]
        for i in (1, 2, 1)
    ],
    "a seed": [
        [
            NUMPY,
            definition("g", f"np.random.seed({i})\nreturn x"),
            definition("f", "g(x)\nreturn np.random.rand()"),
        ]
        for i in (1, 2, 1)
    ],
    "keywords": [
        [definition("g", "return list(rest)", "x, **rest"), definition("f", f"return g(x, {given})")]
        for given in ("a=1, b=2", "b=2, a=1")
    ],
    "a parameter's name": [
        [definition("g", "return y", f"{p}, y=1"), definition("f", "return g(x=x) if x is None else g(x)")]
        for p in ("x", "z")
    ],
    "a wrong number of arguments": [[g, definition("f", "return g(x, x)")] for g in (G, G_OTHER)],
    "a caught failure": [
        [
            definition("g", f"raise ValueError({i})"),
            definition("f", "try:\n    g(x)\nexcept ValueError as e:\n    return e.args"),
        ]
        for i in (1, 2)
    ],
    "a closure over an argument": [
        [definition("g", f"x[0] = {i}"), definition("f", "k = lambda: x[0]\ng(x)\nreturn k()")]
        for i in (1, 2)
    ],
    "what an argument holds": [
        [definition("g", change, "d"), definition("f", "d = {'a': x}\ng(d)\nreturn d['a'][0]")]
        for change in ("d['a'][0] = 7", "d['a'] = d['a'] + 6", "pass")
    ],
    "two arguments that share memory": [
        [NUMPY, definition("g", "a[0] = 9\nreturn b[0]", "a, b"), definition("f", f"return g(x, {b})")]
        for b in ("x", "x[:]", "x * 1", "x[::-1][::-1]")
    ],
    "a function that is not written": [[F], [F, G], [F]],
    "a name that nobody binds": [[definition("f", "return nowhere + g(x)"), g] for g in (G, G_OTHER)],
    "a definition that fails": [
        [definition("g", "return x", "x, k=nowhere"), F],
        [G, F],
        [definition("g", "return x", "x, k=nowhere"), F],
    ],
    "a definition of its own that fails": [
        [definition("f", "return g(x)", "x, k=nowhere"), g] for g in (G, G_OTHER)
    ],
    "a provided module": [
        ["from provided import aid", definition("f", "return aid(g(x))"), g] for g in (G, G_OTHER)
    ],
}


@pytest.mark.parametrize("programs", ATTEMPTS.values(), ids=ATTEMPTS)
def test_a_function_that_meets_another_by_way_of(classroom: Classroom, programs: list[list[str]]) -> None:
    def calls(function: str) -> list[Call]:
        return [called(function, x, seed=seed) for x in (X, [3, 1], 2) for seed in (0, 1)]

    for cells in [*programs, *programs]:
        beside = [cell for cell in cells if not cell.startswith("def f")]
        if beside:
            classroom.run([*beside, definition("h", "g(x)\nreturn g(x)")], *calls("h"))
        classroom.run(cells, *calls("f"))


# ---------------------------------------------------------------- what is in no digest

ASKS_F, ASKS_H = definition("f", "return g(x)"), definition("h", "return g(x)")
DEEP = [
    definition("k", "return 0 if n < 1 else k(n - 1)", "n"),
    definition("f", "return d(90, x)"),
    definition("d", "return g(x) if n < 1 else d(n - 1, x)", "n, x"),
]


def passing(one: str, other: str, answer: str, looks: str) -> list[list[str]]:
    """A function that gives one value to another that does not look, and then to one that looks.

    In between, the one that looks is asked by another function, about another value.
    """
    f, h = definition("f", f"v = {one}\nreturn g(v)"), definition("h", f"v = {other}\nreturn g(v)")
    unseeing, seeing = (definition("g", body, "v") for body in (f"return {answer}", looks))
    return [[NUMPY, unseeing, f], [NUMPY, seeing, h], [NUMPY, seeing, f]]


@pytest.mark.parametrize(
    "programs",
    [
        pytest.param(
            passing("np.longlong(3)", "np.int64(3)", "True", "return isinstance(v, np.int64)"),
            id="another type of the same size",
        ),
        pytest.param(
            passing(
                "x.astype(np.longlong)", "x.astype(np.int64)", "True", "return isinstance(v[0], np.int64)"
            ),
            id="an array of another type of the same size",
        ),
        pytest.param(
            passing("(float('nan'), float('nan'))", "(float('nan'),) * 2", "True", "return v[0] in v[1:]"),
            id="which object is no number",
        ),
        pytest.param(
            passing("np.timedelta64(3, 'D')", "np.timedelta64(3, 's')", "'3 seconds'", "return str(v)"),
            id="the unit of a time",
        ),
        pytest.param(
            passing("1 << 1100", f"'{1 << 1100:#x}'", "True", "return isinstance(v, str)"),
            id="a large number, and its text",
        ),
        pytest.param(
            [
                [definition("g", change, "d"), definition(name, "a = x * 1\nd = {'k': a}\ng(d)\n" + after)]
                for change, name, after in (
                    ("d['k'] = d['k'] + 1", "f", "a[0] = 5\nreturn d['k'][0]"),
                    ("d['k'] += 1", "h", "return d['k'][0]"),
                    ("d['k'] += 1", "f", "a[0] = 5\nreturn d['k'][0]"),
                )
            ],
            id="whether an item was replaced or changed",
        ),
        pytest.param(
            [
                [definition("g", change, "d"), definition(name, "a = x * 1\nd = {'k': a}\ng(d)\n" + after)]
                for change, name, after in (
                    ("d['k'][0] = 7\nd['k'] = 1", "f", "return a[0]"),
                    ("d['k'] = 1", "h", "return d['k']"),
                    ("d['k'] = 1", "f", "return a[0]"),
                )
            ],
            id="whether an item was changed before it was dropped",
        ),
        pytest.param(
            [
                [*DEEP, definition("g", "return 0")],
                [*DEEP, ASKS_H, definition("g", "try:\n    return k(900)\nexcept Exception:\n    return -1")],
                [*DEEP, definition("g", "try:\n    return k(900)\nexcept Exception:\n    return -1")],
            ],
            id="how deep the caller is",
        ),
    ],
)
def test_what_others_see_of_a_value_or_of_the_stack_is_not_mixed_up(
    classroom: Classroom, programs: list[list[str]]
) -> None:
    for cells in programs:
        name = "h" if any(cell.startswith("def h") for cell in cells) else "f"
        classroom.run(cells, called(name, X))


@pytest.mark.parametrize(
    ("cells", "arguments"),
    [
        pytest.param([definition("f", "return g(*x)"), G], [1], id="a wrong star"),
        pytest.param([definition("f", "return g(**x)"), G], [1, {1: 1}, {"y": 1}], id="wrong keywords"),
        pytest.param([definition("f", "return g(**x, **x)"), G], [{"x": 1}], id="a keyword twice"),
        pytest.param([definition("f", "return g(x, x)"), G], [1], id="an argument too many"),
    ],
)
def test_a_wrong_call_of_a_noted_function_is_told_in_the_words_of_python(
    classroom: Classroom, cells: list[str], arguments: list[object]
) -> None:
    classroom.run(cells, *(called("f", x) for x in arguments))


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param([definition("f", "return x and f(x - 1)")], id="of a graded function"),
        pytest.param(
            [definition("k", "return x and k(x - 1)"), definition("f", "return k(x)")], id="of a helper"
        ),
        pytest.param(
            [definition("f", "return x and g(x - 1)"), definition("g", "return x and f(x - 1)")], id="of two"
        ),
        pytest.param(
            [definition("k", "return x and k(x - 1)"), definition("g", "return k(x)"), ASKS_F],
            id="of a helper of one that is asked",
        ),
    ],
)
def test_a_recursion_ends_where_it_ends_without_notes(classroom: Classroom, cells: list[str]) -> None:
    depths = [*range(970, 1000), 1020, 1060]
    classroom.run(cells, *(called("f", depth) for depth in depths))


# ---------------------------------------------------------------- any programs

VERSIONS: Mapping[str, Sequence[str]] = {
    "f": [
        "return g(x)",
        "y = g(x)\nreturn x, y",
        "y = x * 1\nz = g(y)\ny += 1\nreturn y, z",
        "return g(x) + g(x)",
        "try:\n    return g(x)\nexcept (TypeError, ValueError):\n    return None",
        "return np.sum(g(x)) + np.random.rand()",
        "return h(x)",
        "x[0] = 7.0\nreturn 1 / g(x)",
    ],
    "g": [
        "return h(x)",
        "return h(x) * 1",
        "return x if np.sum(x) > 5 else h(x)",
        "y = h(x)\ny += 1\nreturn y",
        "x *= 2\nreturn h(x)",
        "raise ValueError('g')",
        "return [h(x), h(x)]",
    ],
    "h": [
        "return x",
        "return x[:]",
        "return x + 0",
        "return x * 1 + 0.0",
        "x += 1\nreturn x",
        "np.random.rand()\nreturn x + 0",
        "return x.copy() if x[0] > 1 else x",
        "return 1 / 0",
        "return x['a']",
        "return None",
        "",
    ],
}


def some_program() -> st.SearchStrategy[list[str]]:
    cells = [st.sampled_from([definition(name, body) if body else "" for body in bodies])
             for name, bodies in VERSIONS.items()]  # fmt: skip
    return st.tuples(*cells).flatmap(lambda chosen: st.permutations([NUMPY, *filter(None, chosen)]))


CALLS = [
    called(name, np.array(x), seed=seed) for name in "fgh" for x, seed in (([1.0, 2.0], 0), ([3.0, 4.0], 1))
]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(programs=st.lists(some_program(), min_size=2, max_size=6), graders=st.integers(1, 2))
def test_programs_one_after_another_give_what_each_gives_alone(
    plain: ForkServer, programs: list[list[str]], graders: int
) -> None:
    with closing(Board(graders)) as board:
        classroom = Classroom(Counting(plain), [board.seat(number) for number in range(graders)])
        for cells in programs:
            classroom.run(cells, *(call for call in CALLS if f"def {call.function}(" in "\n".join(cells)))
