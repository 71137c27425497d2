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


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("import time\ndef f(x):\n    return time.time()", id="a clock"),
        pytest.param(NUMPY + "    return np.random.default_rng().random()", id="entropy"),
        pytest.param(NUMPY + "    return np.random.RandomState(x).rand()", id="a seed that may be None"),
        pytest.param(NUMPY + "    s = np.random.RandomState\n    return s()", id="entropy by another name"),
        pytest.param(NUMPY + "    np.random.seed()\n    return x", id="a seed from outside"),
        pytest.param(NUMPY + "    s = np.random.seed\n    s()", id="a seed by another name"),
        pytest.param("def f(x):\n    return open(x)", id="a file"),
        pytest.param("import numpy as np\ndef f(x):\n    return np.load(x)", id="a file of NumPy's"),
        pytest.param("def f(x):\n    return id(x)", id="identity"),
        pytest.param("import numpy as np\ndef f(x):\n    return np.empty(3)", id="memory as it was found"),
        pytest.param("import numpy as np\ndef f(x):\n    np.dot = x", id="what other functions would see"),
        pytest.param("def f(x):\n    return x.__class__", id="what has underscores"),
        pytest.param("def f(x):\n    return getattr(x, 'ctypes')", id="an attribute by its name"),
        pytest.param("def f(x):\n    return eval('x')", id="text that is run"),
        pytest.param("import os\ndef f(x):\n    return os.getpid()", id="a module that is not known"),
        pytest.param("def f(x):\n    import socket\n    return x", id="an import inside"),
        pytest.param("y = 9 ** 9 ** 9\ndef f(x):\n    return y", id="work while it is defined"),
        pytest.param("def f(x):\n    return (lambda: open(x))()", id="a function inside"),
    ],
)
def test_what_may_depend_on_more_than_its_inputs_has_no_meaning(source: str) -> None:
    assert meant(source) == {}


def test_one_such_function_takes_the_meaning_of_all_beside_it() -> None:
    assert meant(PLAIN, "import time\ndef g(x):\n    return time.time()") == {}


@pytest.mark.parametrize(
    "seeded", ["np.random.seed(3)", "np.random.RandomState(3)", "np.random.default_rng(3)"]
)
def test_a_fixed_seed_and_a_provided_module_are_harmless(seeded: str) -> None:
    source = f"import numpy as np\nfrom provided import aid\ndef f(x):\n    {seeded}\n    return aid(x)"
    assert set(meant(source)) == {"f"}
