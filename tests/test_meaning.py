"""Functions that mean the same have one digest, and what may depend on more than its inputs has none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.meaning import Meaning, meanings
from grader.model import Cell, Exercise, Wanted
from grader.notebook.extraction import extract
from grader.verdict import Tolerance

WANTED = Wanted(("f", "g"), {}, {"provided": "def aid(x):\n    return x\n"})
EXERCISES = {
    name: Exercise(name, 10, ("x",), ("y",), (), Tolerance(), False, (), ()) for name in WANTED.functions
}
NUMPY = "import numpy as np\ndef f(x):\n"
PLAIN = NUMPY + "    return np.dot(x, 2)"


def meant(*sources: str) -> Mapping[str, Meaning]:
    cells = [Cell(number, source) for number, source in enumerate(sources, 1)]
    return meanings(extract(cells, WANTED), EXERCISES, frozenset(WANTED.modules))


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(PLAIN + "  # twice", id="a comment"),
        pytest.param(PLAIN.replace("np.dot(x, 2)", "np.dot(\n        x,\n        2)"), id="line breaks"),
        pytest.param("# first\n\n\n" + PLAIN, id="lines above"),
        pytest.param(PLAIN + "\n\nunused = 3", id="a constant that it does not read"),
    ],
)
def test_what_makes_no_difference_leaves_the_meaning(other: str) -> None:
    assert meant(other)["f"].plain == meant(PLAIN)["f"].plain


def test_the_same_function_in_another_cell_means_the_same() -> None:
    assert meant("print(1)", PLAIN) == meant(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(PLAIN.replace("2", "3"), id="another constant"),
        pytest.param(PLAIN.replace("2", "2.0"), id="a float for an integer"),
        pytest.param(PLAIN.replace("2", "True"), id="a truth value for a number"),
        pytest.param(PLAIN.replace("np.dot", "np.inner"), id="another function"),
        pytest.param(PLAIN.replace("f(x)", "f(x=1)"), id="a default"),
        pytest.param(PLAIN.replace("return", "yield"), id="a generator"),
        pytest.param(PLAIN.replace("np.dot(x, 2)", "h(x)") + "\ndef h(x):\n    return x", id="a helper"),
    ],
)
def test_what_makes_a_difference_changes_the_meaning(other: str) -> None:
    assert meant(other)["f"].plain != meant(PLAIN)["f"].plain


def test_a_function_means_what_the_graded_functions_that_it_calls_mean() -> None:
    calls = "def f(x):\n    return g(x)"
    one, other = (meant(calls, f"def g(x):\n    return x + {i}") for i in (1, 2))
    assert one["f"].plain != other["f"].plain


def test_a_failing_function_is_known_by_its_text_too() -> None:
    one, other = meant(PLAIN)["f"], meant(PLAIN.replace("    return", "    # note\n    return"))["f"]
    assert one.plain == other.plain
    assert one.exact != other.exact


def test_what_may_depend_on_more_than_its_inputs_has_no_meaning() -> None:
    assert meant("import time\ndef f(x):\n    return time.time()") == {}


def test_one_such_function_takes_the_meaning_of_all_beside_it() -> None:
    assert meant(PLAIN, "import time\ndef g(x):\n    return time.time()") == {}


G = "def g(x):\n    return x"
CALLS = "def f(x):\n    return g(x)"


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param((G, "k = g", "def f(x):\n    return k(x)"), id="another name"),
        pytest.param((G, "def f(x, k=g):\n    return k(x)"), id="a default"),
        pytest.param((G, "def f(x):\n    return list(map(g, x))"), id="a value"),
        pytest.param((G, "def f(x):\n    return sorted(x, key=g)"), id="a key"),
        pytest.param((G, "def k(x, y):\n    return y(x)", "def f(x):\n    return k(x, g)"), id="an argument"),
        pytest.param((G, "def f(x):\n    return {'k': g}['k'](x)"), id="in a container"),
        pytest.param((G, "def f(x):\n    return str(g)"), id="as a text"),
        pytest.param((G, "def f(x):\n    return g.shape"), id="its attributes"),
        pytest.param(("def f(x):\n    return str(f)",), id="as a text of itself"),
        pytest.param((G, "a, g = 1, 2", "def f(x):\n    return a"), id="a constant of its name"),
        pytest.param((G, "from math import pi as a, sqrt as g", "def f(x):\n    return a"), id="an import"),
        pytest.param((G, "if True:\n    a = 1\n    g = 2", "def f(x):\n    return a"), id="in a condition"),
    ],
)
def test_a_graded_function_that_is_met_by_anything_but_a_call_leaves_no_meaning(
    sources: tuple[str, ...],
) -> None:
    assert meant(*sources) == {}
    assert meant(G, CALLS).keys() == {"f", "g"}


def test_a_provided_module_is_harmless() -> None:
    assert set(meant("from provided import aid\ndef f(x):\n    return aid(x)")) == {"f"}


# ---------------------------------------------------------------- imports that stand there again

AGAIN = (
    "import numpy as np",
    "def f(x):\n    return np.dot(x, 2)",
    "import numpy as np",
    "import numpy as np",
)


def test_an_import_that_stands_there_again_leaves_the_meaning() -> None:
    assert meant(*AGAIN)["f"] == meant(*AGAIN[:2])["f"]


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("import math as np", id="another module"),
        pytest.param("from provided import aid as np", id="a function"),
        pytest.param("np = 3", id="a constant"),
        pytest.param("def np(x):\n    return x", id="a definition"),
        pytest.param("from numpy import linalg as np, dot", id="one of several names"),
    ],
)
def test_an_import_counts_again_when_something_between_binds_its_name(between: str) -> None:
    one, function, again, _ = AGAIN
    assert meant(one, function, between, again)["f"].plain != meant(one, function, between)["f"].plain
    assert meant(one, function, between, again)["f"].plain != meant(one, between, function)["f"].plain


def test_an_import_counts_again_beside_a_star() -> None:
    star, function = "from provided import *", "def f(x):\n    return np.dot(x, aid(x))"
    once = meant("import numpy as np", star, function)
    twice = meant("import numpy as np", star, *AGAIN[2:], function)
    assert once["f"].plain != twice["f"].plain


def test_other_statements_count_each_time() -> None:
    one, function = "rate = 1", "def f(x):\n    return rate"
    assert meant(one, "rate = 2", one, function)["f"].plain != meant(one, "rate = 2", function)["f"].plain


# ---------------------------------------------------------------- without the functions that are called


def test_what_a_function_is_by_itself_does_not_depend_on_the_functions_it_calls() -> None:
    one, other = (meant(CALLS, f"def g(x):\n    return x + {i}") for i in (1, 2))
    assert one["f"].own == other["f"].own is not None
    assert one["g"].own != other["g"].own


def test_what_a_function_is_by_itself_depends_on_whether_those_are_written() -> None:
    assert meant(CALLS)["f"].own != meant(CALLS, "def g(x):\n    return x")["f"].own


def test_what_a_function_is_by_itself_is_known_by_its_text_too() -> None:
    one, other = meant(CALLS)["f"].own, meant(CALLS.replace("return", "# note\n    return"))["f"].own
    assert one is not None
    assert other is not None
    assert one[0] == other[0]
    assert one[1] != other[1]


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(("def f(x, seen=[]):\n    return seen",), id="a default"),
        pytest.param(("seen = []", "def f(x):\n    return seen"), id="a constant"),
        pytest.param(
            ("seen = {}", "def k(x):\n    return seen", "def f(x):\n    return k(x)"), id="a helper's"
        ),
    ],
)
def test_a_function_that_may_leave_something_behind_is_nothing_by_itself(sources: tuple[str, ...]) -> None:
    meaning = meant(*sources, "def g(x):\n    return x")
    assert meaning["f"].own is None
    assert meaning["g"].own is not None
