"""Tests of extraction: which definition counts, what goes with it, what stays out, and what is said."""

from __future__ import annotations

import json
from textwrap import dedent
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import UnreadableError
from grader.models.assignment import Wanted
from grader.models.submission import Cell, Part, State, Submission
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.notebooks.reader import read_cells

DNN_UTILS = """
import numpy as np

def relu(Z):
    return np.maximum(0, Z), Z

def sigmoid(Z):
    return 1 / (1 + np.exp(-Z)), Z
"""
WANTED = Wanted(
    ("forward", "cost"),
    {"forward": "cell-forward", "cost": "cell-cost"},
    {"dnn_utils": DNN_UTILS, "dnn_utils_v2": DNN_UTILS},
)
FORWARD = "def forward(x):\n    return 2 * x"
STUB = """def forward(x):
    for l in x:
        # YOUR CODE STARTS HERE

        # YOUR CODE ENDS HERE
    return x
"""


def cells(*sources: str | Cell) -> list[Cell]:
    """The sources as code cells, numbered from 1."""
    return [
        source if isinstance(source, Cell) else Cell(number, dedent(source).strip("\n"))
        for number, source in enumerate(sources, 1)
    ]


def submission(*sources: str | Cell, names: NameMap = NO_NAMES) -> Submission:
    return extract(cells(*sources), WANTED, names)


def program(*sources: str | Cell) -> list[str]:
    """The first line of each statement that goes with `forward`, in order."""
    part = submission(*sources).parts["forward"]
    return [statement.source.split("\n")[0] for statement in part.statements]


def unbound(*sources: str | Cell) -> dict[str, int | None]:
    return dict(submission(*sources).parts["forward"].unbound)


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


# ---------------------------------------------------------------- what goes with it


def test_a_function_brings_what_it_names_and_nothing_else() -> None:
    assert program(
        "import numpy as np\nimport matplotlib.pyplot as plt\nimport os; os.remove('x')",
        "eps = 1e-8\nother = 3\nlayers = [3, 2, 1]",
        "def helper(x):\n    return np.sum(x) + eps\ndef unused(x):\n    return other",
        "def forward(x):\n    return helper(x)",
        "print(forward(1))",
        "plt.plot([1])\n%matplotlib inline",
        "for i in range(1000):\n    forward(i)",
    ) == ["import numpy as np", "eps = 1e-8", "def helper(x):", "def forward(x):"]


def test_a_class_and_a_decorator_are_brought_along() -> None:
    assert program(
        "import functools",
        "class Layer:\n    size = 3",
        "@functools.cache\ndef forward(x):\n    return Layer()",
    ) == ["import functools", "class Layer:", "@functools.cache"]


def test_an_import_that_is_tried_is_brought_as_a_whole() -> None:
    source = "try:\n    import cupy as np\nexcept ImportError:\n    import numpy as np"
    assert program(source, "def forward(x):\n    return np.sum(x)")[0] == "try:"


def test_statements_come_in_the_order_of_the_notebook_with_their_places() -> None:
    part = submission(
        "def forward(x):\n    return g(x)", "\n\n# why\nimport math\ndef g(x): return math.e"
    ).parts["forward"]
    assert [(s.cell, s.line) for s in part.statements] == [(1, 1), (2, 2), (2, 3)]


def test_another_graded_function_is_named_and_left_to_its_own_part() -> None:
    found = submission(FORWARD, "import math\ndef cost(x):\n    return forward(math.e)")
    assert found.parts["cost"].uses == {"forward"}
    assert [s.source for s in found.parts["cost"].statements] == [
        "import math",
        "def cost(x):\n    return forward(math.e)",
    ]
    assert found.parts["forward"].uses == frozenset()


def test_a_graded_function_used_by_a_helper_is_named_too() -> None:
    found = submission(FORWARD, "def helper(x): return forward(x)", "def cost(x): return helper(x)")
    assert found.parts["cost"].uses == {"forward"}


def test_a_function_that_calls_itself_is_no_circle() -> None:
    part = submission(
        "def forward(x):\n    return forward(x - 1) if x else g()\ndef g(): return forward(1)"
    ).parts["forward"]
    assert (len(part.statements), part.uses, part.unbound) == (2, frozenset(), {})


@pytest.mark.parametrize("module", ["dnn_utils", "dnn_utils_v2"])
def test_a_provided_module_binds_its_names_under_every_name_it_had(module: str) -> None:
    assert program(f"from {module} import *", "def forward(x):\n    return relu(x)") == [
        f"from {module} import *",
        "def forward(x):",
    ]


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param(["from dnn_utils import *", "def relu(x): return x"], id="star import, in a cell above"),
        pytest.param(["from dnn_utils import *\ndef relu(x): return x"], id="star import, above in its cell"),
        pytest.param(["from dnn_utils import relu, sigmoid", "def relu(x): return x"], id="import by name"),
    ],
)
def test_a_function_of_their_own_comes_after_the_provided_one_of_its_name(sources: list[str]) -> None:
    statements = program(*sources, "def forward(x): return relu(x), sigmoid(x)")
    assert statements[-2:] == ["def relu(x): return x", "def forward(x): return relu(x), sigmoid(x)"]


def test_a_provided_module_imported_later_comes_later() -> None:
    statements = program("def relu(x): return x", "from dnn_utils import *", "def forward(x): return relu(x)")
    assert statements == [
        "def relu(x): return x",
        "from dnn_utils import *",
        "def forward(x): return relu(x)",
    ]


def test_a_provided_module_that_is_not_needed_stays_out() -> None:
    assert program("from dnn_utils import *", FORWARD) == ["def forward(x):"]


def test_an_import_that_is_repeated_below_is_there_above_too() -> None:
    statements = program(
        "import numpy as np", "def forward(x: np.ndarray): return np.sum(x)", "import numpy as np"
    )
    assert statements == [
        "import numpy as np",
        "def forward(x: np.ndarray): return np.sum(x)",
        "import numpy as np",
    ]


def test_a_constant_that_changes_has_all_its_values_in_their_places() -> None:
    assert program("eps = 1", "def forward(x, e=eps): return x", "eps = 2") == [
        "eps = 1",
        "def forward(x, e=eps): return x",
        "eps = 2",
    ]


# ---------------------------------------------------------------- what stays unbound


def test_a_name_that_only_a_test_cell_sets_is_unbound_and_told_with_its_cell() -> None:
    found = submission("def forward(x):\n    return dA_prev", "x, dA_prev = make_case()\nprint(forward(x))")
    assert found.parts["forward"].unbound == {"dA_prev": 2}
    assert found.notes == ("forward: dA_prev is read, but only cell 2 sets it, outside any function",)


def test_a_name_that_nothing_sets_is_unbound_without_a_cell() -> None:
    found = submission("def forward(x):\n    return copy.copy(y)")
    assert found.parts["forward"].unbound == {"copy": None, "y": None}
    assert found.notes == ("forward: copy is used but never imported", "forward: y is used but never defined")


@pytest.mark.parametrize(
    "leftover",
    [
        pytest.param("A = 3\nprint(forward(A))", id="constant above a call"),
        pytest.param("print(forward(1))\nA = 3", id="constant below a call"),
        pytest.param("A = [1, 2]\nB = cost(A)", id="constant for another graded function"),
        pytest.param(Cell(2, "A = 3", locked=True), id="constant in a locked cell"),
        pytest.param("A = np.ones(3)\nprint(forward(A))", id="result of a call above a call"),
        pytest.param("A = forward(1)", id="answer of a graded function"),
        pytest.param(
            "def model(x): return forward(x)\nA = model(1)", id="answer of what calls a graded function"
        ),
        pytest.param("A = []\nfor i in range(3):\n    A.append(forward(i))", id="answers in a list"),
        pytest.param("A = apply(forward, 1)", id="answer of what is handed a graded function"),
    ],
)
def test_what_a_trial_leaves_behind_is_no_constant(leftover: str | Cell) -> None:
    assert unbound("def forward(x): return A", leftover) == {"A": 2}


def test_an_import_or_helper_in_a_trial_cell_is_one_all_the_same() -> None:
    trial = "import copy\ndef helper(x): return x\nprint(forward(copy.copy(1)))"
    assert unbound("def forward(x): return helper(copy.copy(x))", trial) == {}


def test_a_name_of_another_framework_stays_unbound() -> None:
    assert unbound("import tensorflow as tf", "def forward(x): return np.sum(x)") == {"np": None}


def test_star_imports_of_unknown_modules_come_along_when_something_is_missing() -> None:
    stars = ["from public_tests import *", "from testCases import *"]
    assert program(*stars, "def forward(x): return mystery(x)") == [
        *stars,
        "def forward(x): return mystery(x)",
    ]
    assert program(*stars, FORWARD) == ["def forward(x):"]


def test_builtins_and_local_names_are_not_missing() -> None:
    assert (
        unbound(
            "def forward(x):\n    for i in range(len(x)):\n        y = [z for z in x]\n    return y, __name__"
        )
        == {}
    )


def test_a_global_that_a_helper_counts_is_brought_along() -> None:
    assert "calls = 0" in program(
        "calls = 0", "def forward(x):\n    global calls\n    calls += 1\n    return x"
    )


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
    start = perf_counter()
    found = extract([Cell(1, source, "cell-forward")], WANTED)
    assert perf_counter() - start < 5
    assert all(isinstance(part, Part) for part in found.parts.values())
