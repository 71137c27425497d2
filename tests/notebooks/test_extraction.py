"""Tests of extraction: which definition counts, what is mended, and that no notebook is too much."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest
from extractions import FORWARD, STUB, WANTED, program, submission
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.models.submission import Cell, Part, State
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import parse_name_map
from grader.notebooks.reader import read_cells

# ---------------------------------------------------------------- which definition counts


def test_a_function_is_found_wherever_it_stands_at_top_level() -> None:
    found = submission("x = 1", f"# GRADED FUNCTION: forward\n\n{FORWARD}\nprint(forward(1))").functions[
        "forward"
    ]
    assert (found.state, found.cell, found.line, found.source) == (State.WRITTEN, 2, 3, FORWARD)


def test_a_function_is_found_in_a_cell_that_lost_its_marker_and_its_id() -> None:
    assert submission(FORWARD).functions["forward"].state is State.WRITTEN


def test_the_last_definition_counts_and_the_others_are_noted() -> None:
    found = submission("def forward(x):\n    return 1", FORWARD, "def forward(x):\n    return 3")
    assert found.functions["forward"].cell == 3
    assert program("def forward(x): return 1", "def forward(x): return 3") == ["def forward(x): return 3"]
    assert found.notes == ("forward: defined 3 times (cells 1, 2, 3); the last one counts",)


def test_statements_of_one_line_keep_their_order() -> None:
    constants = "a = 1; b = a; c = b; d = c; e = d"
    function = "def forward(x): return a + b + c + d + e"
    assert program(constants, function) == [*constants.split("; "), function]


def test_the_last_definition_of_a_cell_counts() -> None:
    found = submission("def forward(x): return 1\ndef forward(x): return 2").functions["forward"]
    assert (found.line, found.source) == (2, "def forward(x): return 2")


def test_the_order_of_cells_counts_and_not_the_order_of_execution() -> None:
    ran_last = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 9, "source": FORWARD}
    ran_first = ran_last | {"execution_count": 1, "source": "def forward(x):\n    return 3"}
    data = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [ran_last, ran_first]})
    assert extract(read_cells(data.encode()), WANTED).functions["forward"].cell == 2


def test_a_definition_that_does_not_parse_leaves_the_one_before() -> None:
    found = submission(FORWARD, "def forward(x):\n    return (")
    assert (found.functions["forward"].state, found.functions["forward"].cell) == (State.WRITTEN, 1)
    assert found.notes == ("cell 2 does not parse (line 2: '(' was never closed)",)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("forward = 3", id="a number of its name"),
        pytest.param("def outer():\n    def forward(x):\n        return x", id="inside another function"),
        pytest.param("class C:\n    def forward(self):\n        pass", id="a method"),
        pytest.param("forward(1)", id="a call alone"),
        pytest.param("# def forward(x):", id="a comment"),
        pytest.param("'def forward(x):'", id="a text"),
    ],
)
def test_what_only_looks_like_a_definition_is_none(source: str) -> None:
    found = submission(source)
    assert found.functions["forward"].state is State.MISSING
    assert "forward" not in found.parts


def test_a_function_that_is_nowhere_is_missing() -> None:
    found = submission("x = 1").functions["forward"]
    assert (found.state, found.cell, found.problem) == (State.MISSING, None, "")


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(Cell(7, "def fwd(x):\n    return x", "cell-forward"), id="by its id"),
        pytest.param(Cell(7, "# GRADED FUNCTION: forward\ndef fwd(x):\n    return x"), id="by its marker"),
    ],
)
def test_a_renamed_function_is_missing_and_its_cell_says_what_it_defines(cell: Cell) -> None:
    found = submission(cell).functions["forward"]
    assert (found.state, found.problem) == (State.MISSING, "Its cell 7 defines fwd instead.")


def test_another_graded_function_in_its_cell_is_named_too() -> None:
    cell = Cell(7, "# GRADED FUNCTION: forward\ndef cost(x):\n    return x")
    assert submission(cell).functions["forward"].problem == "Its cell 7 defines cost instead."


@pytest.mark.parametrize("left", ["# YOUR CODE HERE\nraise NotImplementedError()", "# Write it here.\n..."])
def test_a_cell_of_which_all_is_the_answer_is_blank_as_it_is_handed_out(left: str) -> None:
    found = submission(Cell(7, left, "cell-forward")).functions["forward"]
    assert (found.state, found.cell) == (State.BLANK, 7)


def test_an_emptied_cell_is_told_of() -> None:
    found = submission(Cell(7, "# I gave up", "cell-forward")).functions["forward"]
    assert found.problem == "Its cell 7 defines no function."


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param(Cell(3, "deff forward(x)\n    return x", "cell-forward"), id="by its id"),
        pytest.param(Cell(3, "# GRADED FUNCTION: forward\ndeff forward(x)"), id="by its marker"),
        pytest.param(Cell(3, "def forward(x):\n    y = x +\n    return y"), id="by its text"),
    ],
)
def test_a_function_in_a_cell_that_does_not_parse_is_found_there(cell: Cell) -> None:
    found = submission(cell).functions["forward"]
    assert (found.state, found.cell) == (State.SYNTAX_ERROR, 3)
    assert found.problem
    assert found.source


def test_a_cell_that_does_not_parse_costs_only_what_is_in_it() -> None:
    found = submission("import numpy as np", "plt.plot(", FORWARD, "def cost(x:\n    return x")
    assert found.functions["forward"].state is State.WRITTEN
    assert found.functions["cost"].state is State.SYNTAX_ERROR
    assert found.notes == (
        "cell 2 does not parse (line 1: '(' was never closed)",
        "cell 4 does not parse (line 1: '(' was never closed)",
    )


def test_two_parameters_of_one_name_are_a_syntax_error_as_python_has_it() -> None:
    found = submission("def forward(x, x):\n    return x").functions["forward"]
    assert (found.state, found.line, found.problem[:18]) == (State.SYNTAX_ERROR, 1, "duplicate argument")


def test_a_blank_beside_a_broken_function_keeps_its_own_text() -> None:
    found = submission(STUB + "def cost(x):\n    return 2 * x")
    assert found.functions["forward"].state is State.BLANK
    assert found.functions["cost"].state is State.SYNTAX_ERROR
    assert found.functions["cost"].source == "def cost(x):\n    return 2 * x"


def test_a_blank_that_does_not_parse_is_not_told_as_a_fault() -> None:
    found = submission(STUB)
    assert found.functions["forward"].state is State.BLANK
    assert found.notes == ()
    assert found.parts == {}


# ---------------------------------------------------------------- mending


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        pytest.param(
            "def forward(x):\n    y = (2 * x\n    return y",
            "Close the bracket with `)` on line 2",
            id="bracket",
        ),
        pytest.param("def forward(x)\n    return 2 * x", "End the line with `:` on line 1", id="colon"),
        pytest.param(
            "def forward(x):\n    y = x\n      return y", "Correct the indent on line 3", id="indent"
        ),
    ],
)
def test_a_function_that_one_edit_mends_comes_with_its_mended_parts(source: str, advice: str) -> None:
    found = submission("import numpy as np", source, "def cost(x): return forward(x)")
    assert found.functions["forward"].state is State.SYNTAX_ERROR
    assert set(found.parts) == {"cost"}
    repair = found.repaired["forward"]
    assert repair.advice == advice
    assert set(repair.parts) == {"forward", "cost"}


def test_one_slip_that_hides_two_functions_mends_both() -> None:
    found = submission("def forward(x):\n    return (x\n\ndef cost(x):\n    return 1")
    assert set(found.repaired) == {"forward", "cost"}


def test_two_slips_are_not_mended() -> None:
    assert submission("def forward(x):\n    y = (x\n    z = (y\n    return z").repaired == {}


def test_a_slip_in_a_cell_of_plots_is_not_mended() -> None:
    assert submission("plt.plot((1, 2)", FORWARD).repaired == {}


def test_a_function_that_mending_leaves_blank_is_not_repaired() -> None:
    assert submission("# GRADED FUNCTION: forward\ndef forward(x)\n    pass").repaired == {}


# ---------------------------------------------------------------- names


def test_a_name_map_finds_functions_under_the_names_of_their_author() -> None:
    names = parse_name_map("fwd = forward", WANTED.functions)
    found = submission("def fwd(x):\n    return x", "def cost(x):\n    return fwd(x)", names=names)
    assert found.functions["forward"].source == "def fwd(x):\n    return x"
    assert [s.source for s in found.parts["forward"].statements] == [
        "def fwd(x):\n    return x",
        "forward = fwd",
    ]
    assert found.parts["cost"].uses == {"forward"}


def test_a_name_map_that_reorders_brings_an_adapter() -> None:
    names = parse_name_map("fwd(b, a) -> c, d = forward(a, b) -> d, c", WANTED.functions)
    part = submission("def fwd(b, a):\n    return b, a", names=names).parts["forward"]
    space: dict[str, Any] = {}
    for statement in part.statements:
        exec(statement.source, space)
    assert space["forward"]("a", "b") == ("a", "b")


def test_a_broken_function_under_another_name_is_found_and_mended() -> None:
    names = parse_name_map("fwd = forward", WANTED.functions)
    found = submission("def fwd(x)\n    return x", names=names)
    assert found.functions["forward"].state is State.SYNTAX_ERROR
    assert "forward" in found.repaired


# ---------------------------------------------------------------- what real notebooks taught


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def forward(x):\n    None\n    return x", id="a stray None"),
        pytest.param("def forward(x):\n    print('here', x)\n    return x", id="prints"),
        pytest.param(
            "%matplotlib inline\n%load_ext autoreload\ndef forward(x):\n    return x", id="magics above"
        ),
        pytest.param("def forward(x):\n    return x;", id="semicolons"),
        pytest.param("def forward(x):\n\treturn x", id="tabs"),
        pytest.param("def forward(α):\n    '≈ 1 line'\n    return α", id="Greek"),
        pytest.param("def forward(x):\n    return x \\\n        + 1", id="a line continued"),
        pytest.param("### v1.1\ndef forward(x):\n    return x", id="a version in the first line"),
        pytest.param("def forward(x):\n    return '\\d'", id="an escape that is none"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid escape")
def test_what_harms_nothing_harms_nothing(source: str) -> None:
    found = submission(source)
    assert found.functions["forward"].state is State.WRITTEN
    assert found.notes == ()
    for statement in found.parts["forward"].statements:
        compile(statement.source, "cell", "exec")


def test_their_own_relu_is_used_where_their_function_relies_on_it() -> None:
    statements = program(
        "import numpy as np\nfrom dnn_utils import sigmoid, relu",
        "def relu(Z):\n    return np.maximum(0, Z)",
        "def forward(x):\n    return relu(x)",
    )
    assert statements[-2:] == ["def relu(Z):", "def forward(x):"]


def test_a_plot_that_does_not_parse_sinks_nothing_else() -> None:
    found = submission(
        "import numpy as np", "plt.plot(costs\nplt.show()", "def forward(x):\n    return np.sum(x)"
    )
    assert found.functions["forward"].state is State.WRITTEN
    assert found.parts["forward"].unbound == {}


# ---------------------------------------------------------------- properties and limits


LINES = st.sampled_from(
    [
        "import numpy as np",
        "from dnn_utils import *",
        "from nowhere import *",
        "eps = 1",
        "x = make()",
        "%matplotlib inline",
        "!ls",
        "%%bash",
        "def forward(x):",
        "def cost(x, x):",
        "    return forward(x) + eps",
        "    # YOUR CODE STARTS HERE",
        "    # YOUR CODE ENDS HERE",
        "    y = None",
        "# GRADED FUNCTION: cost",
        "print(",
        ")",
        "  odd",
        "global forward",
        "return 3",
        "await x",
        "class C(D):",
        "    pass",
        "'\\d'",
        "\0",
        "λ = lambda: λ",
    ]
)
SOURCES = st.lists(LINES, max_size=6).map("\n".join) | st.text(max_size=30)


@given(
    st.lists(st.tuples(SOURCES, st.sampled_from([None, "cell-forward", "cell-cost"])), min_size=1, max_size=6)
)
@settings(max_examples=200)
def test_any_notebook_is_a_submission_or_unreadable(parts: list[tuple[str, str | None]]) -> None:
    data = {
        "nbformat": 4,
        "nbformat_minor": 4,
        "metadata": {},
        "cells": [
            {
                "cell_type": "code",
                "metadata": {"nbgrader": {"grade_id": grade_id}},
                "source": source,
                "outputs": [],
            }
            for source, grade_id in parts
        ],
    }
    try:
        found = extract(read_cells(json.dumps(data).encode()), WANTED)
    except UnreadableError:
        return
    assert set(found.functions) == set(WANTED.functions)
    assert set(found.parts) == {n for n, f in found.functions.items() if f.state is State.WRITTEN}
    for part in found.parts.values():
        for statement in part.statements:
            compile(statement.source, "cell", "exec")


OTHER_CELLS = st.sampled_from(
    ["x = 1", "print(", "%%bash\nrm", "import numpy as np", "def helper(x): return x", ""]
)


@given(st.lists(OTHER_CELLS | st.integers(0, 9), max_size=12))
@settings(max_examples=200)
def test_among_any_other_cells_the_last_definition_wins(parts: list[str | int]) -> None:
    definitions = {
        n: f"def forward(x): return {part}" for n, part in enumerate(parts, 1) if isinstance(part, int)
    }
    found = submission(*(definitions.get(n, str(part)) for n, part in enumerate(parts, 1))).functions[
        "forward"
    ]
    if definitions:
        last = max(definitions)
        assert (found.state, found.cell, found.source) == (State.WRITTEN, last, definitions[last])
    else:
        assert found.state is State.MISSING


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("(" + "\n" * 200_000 + "def forward(x)", id="empty lines in a broken cell"),
        pytest.param("print((\n" + "#\n" * 100_000, id="comments in a broken cell"),
        pytest.param("import a\n" * 5_000 + "x = a\n" * 5_000, id="many statements"),
        pytest.param("from dnn_utils import *\n" * 3_000 + FORWARD, id="many star imports"),
        pytest.param(
            "".join(f"x{i} = x{i - 1}\n" for i in range(5_000)) + "def forward(x): return x4999",
            id="a long chain",
        ),
        pytest.param("def forward(x): return " + "+".join("1" * 2_000), id="a long sum"),
        pytest.param(
            "if 1:\n    x = 1\n" + "elif 1:\n    x = 1\n" * 2_000 + FORWARD, id="a long chain of elif"
        ),
        pytest.param("def forward(x): return " + "[" * 5_000, id="deep brackets"),
        pytest.param("def forward(x): return " + "lambda: " * 3_000 + "1", id="deep lambdas"),
        pytest.param("def forward(x): return " + " ".join(f"y{i}," for i in range(5_000)), id="many names"),
    ],
)
def test_no_source_takes_long_or_breaks_the_reader(source: str) -> None:
    start = process_time()
    found = extract([Cell(1, source, "cell-forward")], WANTED)
    assert process_time() - start < 10
    assert all(isinstance(part, Part) for part in found.parts.values())
