"""Tests of parts: what goes with a graded function, and which names stay unbound."""

from __future__ import annotations

import pytest
from extractions import FORWARD, program, submission, unbound

from grader.models.submission import Cell

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
    statements = program("import math", "def forward(x=math.pi): return math.sin(x)", "import math")
    assert statements == ["import math", "def forward(x=math.pi): return math.sin(x)", "import math"]


NUMPY, USING_NUMPY = "import numpy as np", "def forward(x):\n    return np.sum(x)"


def test_numpy_that_is_imported_again_and_again_is_there_once() -> None:
    once = submission(NUMPY, "np.random.seed(1)", USING_NUMPY).parts["forward"]
    thrice = submission(NUMPY, "np.random.seed(1)", USING_NUMPY, NUMPY, f"{NUMPY}\nforward(1)")
    assert thrice.parts["forward"].statements == once.statements


@pytest.mark.parametrize(
    "between",
    [
        pytest.param("np = None", id="the name is set"),
        pytest.param("import cupy as np", id="it is another module's"),
        pytest.param("from jax import *", id="a star import may bind it"),
        pytest.param("exec(open('setup.py').read())", id="a text may bind it"),
        pytest.param("%%writefile numpy.py\nsum = max", id="another module has its name"),
    ],
)
def test_numpy_is_imported_again_where_its_name_may_have_been_another_things(between: str) -> None:
    assert program(NUMPY, between, NUMPY, USING_NUMPY).count(NUMPY) == 2


def test_what_an_import_that_may_fail_would_end_is_not_changed() -> None:
    assert (
        program("import math", "import math", "def forward(x):\n    return math.e").count("import math") == 2
    )


def test_a_constant_that_changes_has_all_its_values_in_their_places() -> None:
    assert program("eps = 1", "def forward(x, e=eps): return x", "eps = 2") == [
        "eps = 1",
        "def forward(x, e=eps): return x",
        "eps = 2",
    ]


# ---------------------------------------------------------------- what stays unbound


def test_a_name_that_only_a_test_cell_sets_is_unbound_and_told_with_its_cell() -> None:
    found = submission("def forward(x):\n    return dA_prev", "x, dA_prev = make_case()\nprint(forward(x))")
    assert found.parts["forward"].unbound == {"dA_prev": (2,)}
    assert found.notes == ("forward: dA_prev is read, but only cell 2 sets it, outside any function",)


def test_a_name_that_several_test_cells_set_is_not_said_to_be_set_by_one_only() -> None:
    trials = ("x, B = make_case()\nprint(forward(x))", "B = 3\nprint(forward(B))")
    found = submission("def forward(x):\n    return B", *trials)
    assert found.parts["forward"].unbound == {"B": (2, 3)}
    assert found.notes == (
        "forward: B is read, but set only outside any function, in cell 2 and other cells",
    )


def test_a_name_that_nothing_sets_is_unbound_without_a_cell() -> None:
    found = submission("def forward(x):\n    return copy.copy(y)")
    assert found.parts["forward"].unbound == {"copy": (), "y": ()}
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
    assert unbound("def forward(x): return A", leftover) == {"A": (2,)}


def test_an_import_or_helper_in_a_trial_cell_is_one_all_the_same() -> None:
    trial = "import copy\ndef helper(x): return x\nprint(forward(copy.copy(1)))"
    assert unbound("def forward(x): return helper(copy.copy(x))", trial) == {}


def test_a_name_of_another_framework_stays_unbound() -> None:
    assert unbound("import tensorflow as tf", "def forward(x): return np.sum(x)") == {"np": ()}


def test_star_imports_of_unknown_modules_come_along_when_something_is_missing() -> None:
    stars = ["from helpers_of_week_2 import *", "from testCases import *"]
    assert program(*stars, "def forward(x): return mystery(x)") == [
        *stars,
        "def forward(x): return mystery(x)",
    ]
    assert program(*stars, FORWARD) == ["def forward(x):"]


def test_the_public_tests_bind_nothing_that_a_function_needs() -> None:
    function = "def forward(x): return mystery(x)"
    assert program("from public_tests import *", function) == [function]
    assert unbound("from public_tests import *", function) == {"mystery": ()}


def test_numpy_may_come_from_the_star_import_of_the_public_tests() -> None:
    tests, function = "from public_tests import *", "def forward(x): return np.tanh(x)"
    assert program("import numpy as n", tests, function) == [tests, function]
    assert unbound("import numpy as n", tests, function) == {}
    assert program("import numpy as np", tests, function) == ["import numpy as np", function]


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
