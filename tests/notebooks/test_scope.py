"""Tests of what a notebook's statements mean to a program: what is a definition, a constant, or a trial."""

from __future__ import annotations

from time import process_time

import pytest

from grader.models.assignment import Wanted
from grader.models.submission import Cell, State, Submission
from grader.notebooks.extraction import extract

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


@pytest.mark.parametrize("source", ["forward = forward(1)", "forward += 1"])
def test_an_answer_of_the_function_is_no_definition(source: str) -> None:
    assert submission(FORWARD, source).functions["forward"].cell == 1


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("forward = 3", "Cell 2 makes it something else in line 1."),
        ("x = 1\nforward = [1]", "Cell 2 makes it something else in line 2."),
        ("forward: int = 3", "Cell 2 makes it something else in line 1."),
        ("del forward", "Cell 2 deletes it in line 1."),
    ],
)
def test_a_function_that_is_no_more_is_missing_and_told_with_its_end(source: str, told: str) -> None:
    found = submission(FORWARD, source).functions["forward"]
    assert (found.state, found.problem) == (State.MISSING, told)
    assert submission(source, FORWARD).functions["forward"].state is State.WRITTEN
    assert submission(FORWARD, source, FORWARD).functions["forward"].cell == 3


def test_a_function_whose_place_an_import_takes_counts_all_the_same() -> None:
    assert submission(FORWARD, "del forward\nfrom theirs import forward").functions["forward"].cell == 1


def test_nothing_counts_above_where_the_namespace_is_emptied() -> None:
    assert submission(FORWARD, "%reset -f").functions["forward"].state is State.MISSING
    assert submission(FORWARD, "%reset").functions["forward"].state is State.WRITTEN
    assert program("import math", "%reset -f", FORWARD) == [FORWARD]


@pytest.mark.parametrize("stop", ["raise SystemExit", "assert False, 'stop'", "import sys\nsys.exit()"])
def test_nothing_counts_below_what_ends_its_cell(stop: str) -> None:
    found = submission(f"{stop}\n{FORWARD}").functions["forward"]
    line = stop.count("\n") + 1
    assert (found.state, found.problem) == (
        State.MISSING,
        f"Its cell 1 ends in line {line}, which raises an exception: nothing below is run.",
    )
    assert submission(stop, FORWARD).functions["forward"].state is State.WRITTEN


def test_a_cell_that_is_timed_defines_nothing() -> None:
    found = submission(f"%%timeit\n{FORWARD}").functions["forward"]
    assert (found.state, found.problem) == (
        State.MISSING,
        "Its cell 1 is run by %%timeit, which keeps nothing of it.",
    )


@pytest.mark.parametrize(
    "source",
    [
        "(forward := lambda x: x)",
        "for forward in [fast]:\n    pass",
        "with given() as forward:\n    pass",
        "globals()['forward'] = fast",
        "globals().update(forward=fast)",
        "exec('def forward(x): return x')",
        "get_ipython().run_cell('def forward(x): return x')",
        "setattr(sys.modules['__main__'], 'forward', fast)",
    ],
)
def test_a_function_may_be_bound_by_a_call_or_a_text(source: str) -> None:
    found = submission(source)
    assert found.functions["forward"].state is State.WRITTEN
    assert [statement.source for statement in found.parts["forward"].statements] == [source]


@pytest.mark.parametrize("source", ["globals()['forward'](1)", "print(vars(), forward)"])
def test_a_call_of_a_function_is_no_definition(source: str) -> None:
    assert submission(source).functions["forward"].state is State.MISSING


def test_a_call_that_sets_what_a_function_reads_comes_with_it() -> None:
    setup = "def setup():\n    global k\n    k = 1"
    reading = "def forward(x): return x * k"
    assert program(setup, "setup()", reading) == [setup, "setup()", reading]
    assert program(setup, "print(3)", reading) == [reading]


@pytest.mark.parametrize(
    "source",
    [
        "from typing import *\ndef forward(x) -> Tuple: return x",
        "def forward(x):\n    global Z\n    Z = x\n    return Z",
        "try:\n    import numpy\nexcept ImportError as e:\n    print(e)\ndef forward(x): return numpy.abs(x)",
    ],
)
def test_nothing_is_said_of_a_name_that_may_have_a_value(source: str) -> None:
    assert submission(source).notes == ()


def test_many_names_that_calls_set_take_no_longer() -> None:
    names = [f"n{i}" for i in range(4000)]
    setup = f"def setup():\n    global {', '.join(names)}\n    {' = '.join(names)} = 1"
    reading = f"def forward(x): return {' + '.join(names)}"
    start = process_time()
    submission(setup, "setup()\n" * 8000, reading)
    assert process_time() - start < 5


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
    assert submission(cell, "def cost(x): return B").parts["cost"].unbound == {"B": (1,)}


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
    assert found.parts["forward"].unbound == {"eps": ()}
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
