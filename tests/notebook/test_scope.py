"""Tests of what a notebook's statements mean to a program: what is a definition, a constant, or a trial."""

from __future__ import annotations

import pytest

from grader.model import Cell, State, Submission, Wanted
from grader.notebook.extraction import extract

WANTED = Wanted(("forward", "cost"), {}, {"dnn_utils": "def relu(x): return x"})
FORWARD = "def forward(x):\n    return 2 * x"
BLANK = "def forward(x):\n    # YOUR CODE STARTS HERE\n\n    # YOUR CODE ENDS HERE\n    return None"


def submission(*sources: str | Cell) -> Submission:
    cells = [s if isinstance(s, Cell) else Cell(n, s) for n, s in enumerate(sources, 1)]
    return extract(cells, WANTED)


def program(*sources: str | Cell) -> list[str]:
    """The statements that go with `forward`, in order."""
    return [statement.source for statement in submission(*sources).parts["forward"].statements]


# ---------------------------------------------------------------- definitions


@pytest.mark.parametrize(
    "source",
    [
        "forward = lambda x: 2 * x",
        "forward = mine",
        "forward, other = mine, 1",
        "forward = Layer()",
        "forward = partial(mine, 2)",
        "forward: Callable = mine",
        "class forward:\n    def __new__(cls, x):\n        return x",
        "async def forward(x):\n    return x",
        'if __name__ == "__main__":\n    def forward(x):\n        return x',
        "try:\n    forward = fast\nexcept NameError:\n    def forward(x):\n        return x",
        "for k in (1, 2):\n    def forward(x):\n        return x",
        "with quiet():\n    def forward(x):\n        return x\n    print(forward(1))",
    ],
)
def test_a_statement_that_binds_the_name_is_a_definition(source: str) -> None:
    found = submission(FORWARD, source)
    assert (found.functions["forward"].state, found.functions["forward"].cell) == (State.WRITTEN, 2)
    assert source in [statement.source for statement in found.parts["forward"].statements]


@pytest.mark.parametrize("source", ["forward = 3", "forward = forward(1)", "forward = [1]", "forward += 1"])
def test_a_value_of_the_name_is_none(source: str) -> None:
    assert submission(FORWARD, source).functions["forward"].cell == 1


def test_a_definition_that_is_made_of_the_one_above_brings_that_along() -> None:
    assert program(FORWARD, "forward = logged(forward)") == [FORWARD, "forward = logged(forward)"]
    wrapped = [FORWARD, "first = forward", "def forward(x): return first(x)"]
    assert program(*wrapped) == wrapped


def test_a_blank_copy_below_the_written_function_does_not_count() -> None:
    found = submission(FORWARD, BLANK)
    assert (found.functions["forward"].state, found.functions["forward"].cell) == (State.WRITTEN, 1)
    assert found.notes == ("forward: defined 2 times (cells 1, 2); that of cell 1, the last written, counts",)
    assert program(FORWARD, BLANK) == [FORWARD]


@pytest.mark.parametrize(("kind", "words"), [("markdown", "a Markdown cell"), ("raw", "a raw cell")])
def test_a_function_in_a_cell_that_is_not_run_is_found_and_named(kind: str, words: str) -> None:
    found = submission(Cell(7, FORWARD, kind=kind)).functions["forward"]
    assert found.state is State.MISSING
    assert found.problem == f"Cell 7, which has it, is {words}: change it to a code cell."


def test_a_cell_without_text_costs_itself_and_is_told() -> None:
    found = submission(Cell(1, "", kind=""), Cell(2, FORWARD))
    assert found.functions["forward"].state is State.WRITTEN
    assert found.notes == ("cell 1 has no source text: nothing of it counts",)


# ---------------------------------------------------------------- constants


@pytest.mark.parametrize(
    "constants",
    [
        ["A = make()"],
        ["A = B[0]"],
        ["A = [i for i in range(3)]"],
        ["A = {}", "for i in range(3):\n    A[i] = i"],
        ["A = []", "A.append(1)"],
        ["A = [2, 1]", "random.shuffle(A)"],
        ["def fill(t): t[0] = 1", "A = {}", "fill(A)"],
        ["A = 1", "A *= 2"],
        ["with quiet():\n    A = 1"],
        ["np.random.seed(1)", "A = np.random.rand()"],
        ["print(A := 1)"],
    ],
)
def test_a_constant_comes_with_what_makes_it(constants: list[str]) -> None:
    function = "def forward(x): return A"
    assert program(*constants, "show(x)", function) == [*constants, function]


def test_a_constant_that_is_not_needed_stays_out() -> None:
    assert program("A = make()", "B = {}", "B[0] = 1", "np.random.seed(1)", FORWARD) == [FORWARD]


def test_what_stands_above_a_function_in_its_own_cell_is_none_of_the_trial_below() -> None:
    cell = "A = make()\ndef forward(x): return A\nB = 3\nprint(forward(1))"
    assert program(cell)[0] == "A = make()"
    assert submission(cell, "def cost(x): return B").parts["cost"].unbound == {"B": 1}


def test_a_function_that_keeps_a_graded_one_is_no_trial_of_it() -> None:
    step = "step = functools.partial(cost, 1)"
    assert step in program("import functools", "def cost(x): pass", step, "def forward(x): return step()")


# ---------------------------------------------------------------- modules, the future, broken cells


def test_a_module_that_the_notebook_writes_comes_with_what_imports_it() -> None:
    function = "def forward(x): return f(x)"
    written = ["%%writefile mine.py\nK = 1", "%%file -a mine.py\ndef f(x): return K"]
    assert program(*written, "%%writefile other.py\n", "from mine import *", function) == [
        "%%writefile mine\nK = 1",
        "%%writefile -a mine\ndef f(x): return K",
        "from mine import *",
        function,
    ]


def test_annotations_of_the_future_are_not_read() -> None:
    future = "from __future__ import annotations"
    found = submission(future, "def forward(x: Array, k=eps) -> Pair: return x")
    assert found.parts["forward"].unbound == {"eps": None}
    assert found.parts["forward"].statements[0].source == future


@pytest.mark.parametrize(
    "broken",
    [
        "import numpy as np\nx = (",
        "from a import b as np, c\nx = (",
        "np = 3\nx = (",
        "def np(): pass\nx = (",
    ],
)
def test_a_cell_that_does_not_parse_is_named_for_what_it_hides(broken: str) -> None:
    found = submission(broken, "def forward(x): return np.sum(x)")
    assert found.parts["forward"].hidden == {"np": 1}
    assert found.notes[0] == "forward: np is used, and cell 1, which would set it, does not parse"


def test_a_star_import_that_is_hidden_hides_what_the_provided_module_has() -> None:
    found = submission("from dnn_utils import *\nx = (", "def forward(x): return relu(x)")
    assert found.parts["forward"].hidden == {"relu": 1}
