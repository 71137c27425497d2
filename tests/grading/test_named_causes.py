"""What is observed of a failing call names the cause: helpers, draws, operands, sections, names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.models.assignment import Assignment
from grader.models.report import Report

FORWARD = (
    "def L_model_forward(X, parameters):\n    caches, A, L = [], X, len(parameters) // 2\n"
    "    for l in range(1, L):\n        A, cache = linear_activation_forward({inside})\n"
    "        caches.append(cache)\n    AL, cache = linear_activation_forward({last})\n"
    "    caches.append(cache)\n    return AL, caches\n"
)
INSIDE = "A, parameters[f'W{l}'], parameters[f'b{l}'], 'relu'"
LAST = "A, parameters[f'W{L}'], parameters[f'b{L}'], 'sigmoid'"
UPDATE = (
    "def update_parameters(params, grads, learning_rate):\n    new = {}\n"
    "    for l in range(1, len(params) // 2 + 1):\n"
    "        for k in 'Wb':\n            new[f'{k}{l}'] = %s\n    return new\n"
)
INITIAL = (
    "def initialize_parameters_deep(layer_dims):\n    np.random.seed(3)\n    new = {}\n"
    "    for l in range(1, len(layer_dims)):\n        n, before = layer_dims[l], layer_dims[l - 1]\n"
    "        new[f'W{l}'] = np.random.randn(n, before) * 0.01\n        new[f'b{l}'] = np.zeros((n, 1))\n"
    "    return new\n"
)
COST = "def compute_cost(AL, Y):\n    m = Y.shape[1]\n    return np.squeeze(%s)\n"
LINEAR = (
    "def linear_backward(dZ, cache):\n    A, W, b = cache\n    m = A.shape[1]\n    %s\n"
    "    return W.T @ dZ, dW, db\n"
)
DW, DB = "dW = dZ @ A.T / m", "db = np.sum(dZ, axis=1, keepdims=True) / m"

Hint = Callable[[str], str]


@pytest.fixture
def hint(assignment: Assignment, graded: Callable[..., Report]) -> Hint:
    """A function from a definition to the hint about it, beside the reference's other functions."""

    def of(source: str) -> str:
        name = source[4 : source.index("(")]
        others = [one.source for other, one in assignment.reference.functions.items() if other != name]
        head = "import copy\nimport numpy as np\nfrom dnn_utils import *"
        scores = graded(head, *others, source).exercises
        return next(score.hint for score in scores if score.name == name)

    return of


@pytest.mark.parametrize(
    ("inside", "last", "says"),
    [
        pytest.param(
            INSIDE.replace("A,", "X,", 1),
            LAST,
            "`X` stands where the first result of its first call",
            id="input",
        ),
        pytest.param(
            INSIDE.replace("{l}", "{L}"), LAST, "`parameters[f'W{L}']`, which is", id="constant index"
        ),
        pytest.param(
            INSIDE, LAST.replace("sigmoid", "relu"), "activation is 'relu' where 'sigmoid'", id="option"
        ),
        pytest.param(INSIDE.replace("A,", "-A,", 1), LAST, "`-A` stands where `X`", id="a sign"),
    ],
)
def test_the_first_call_that_differs_is_named(hint: Hint, inside: str, last: str, says: str) -> None:
    assert says in hint(FORWARD.format(inside=inside, last=last))


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param(INITIAL.replace("seed(3)", "seed(7)"), "np.random.seed(3) is expected", id="seed"),
        pytest.param(
            INITIAL.replace("    np.random.seed(3)\n", ""), "without np.random.seed(3)", id="no seed"
        ),
        pytest.param(INITIAL.replace(" * 0.01", ""), "is a factor of 0.01 missing?", id="no factor"),
        pytest.param(
            INITIAL.replace("* 0.01", "* np.sqrt(2 / before)"), "in the place of 0.01", id="another factor"
        ),
        pytest.param(INITIAL.replace("(n, 1)", "n"), "`np.zeros(n)` makes one axis", id="shape"),
        pytest.param(INITIAL.replace("1))", "1), int)"), "`np.zeros((n, 1), int)` makes whole", id="type"),
        pytest.param(
            INITIAL.replace("'W{l}'", "'Wl'"), "'Wl'" and "belong. The number of the layer", id="quoted"
        ),
    ],
)
def test_what_is_drawn_and_stored_is_compared(hint: Hint, source: str, says: str) -> None:
    assert says in hint(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param(UPDATE % "params[f'{k}{l}'] - grads[f'{k}{l}']", "and no 'W1'", id="key"),
        pytest.param(UPDATE % "params[f'{k}{l}'] - learning_rat * 2", "mean `learning_rate`?", id="name"),
        pytest.param(UPDATE % "params[f'{k}{l}'] - learning_rate * grads", "`grads` is a", id="operand"),
        pytest.param(COST % "-np.sum(Y * np.log(AL), (1 - Y) * np.log(1 - AL)) / m", "the axis", id="axis"),
        pytest.param(COST % "-np.sumn(Y * np.log(AL)) / m", "Did you mean `sum`?", id="attribute"),
        pytest.param(COST % "-np.dot(Y, np.log(AL)) / m", "is (1, 3) and", id="product"),
        pytest.param(COST % "-np.sum(Y * np.log(AL)) / m", "label is 1", id="what an instructor wrote"),
        pytest.param(
            COST % "-np.sum(Y * np.log(AL) + (1 - Y) * np.log(AL)) / m", "log(A) stands in", id="term"
        ),
        pytest.param(LINEAR % f"{DW}; {DB}; assert W.shape == db.shape", "W.shape` is (3, 5)", id="assert"),
        pytest.param(LINEAR % f"dW = dZ * A.T / m; {DB}", "a matrix product is np.dot", id="elementwise"),
    ],
)
def test_an_exception_or_a_number_is_explained_by_its_operands(hint: Hint, source: str, says: str) -> None:
    assert says in hint(source)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param(
            (UPDATE % "params[f'{k}{l}'] - learning_rate * grads[f'd{k}{l}']").replace(
                "    ret", "        ret"
            ),
            "The `return` stands inside",
            id="return",
        ),
        pytest.param(
            (UPDATE % "grads[f'd{k}{l}']").replace("    return", "        2 * learning_rate\n    return"),
            "`2 * learning_rate` is computed, and nothing keeps",
            id="no effect",
        ),
        pytest.param(
            "def linear_forward(A, W, b):\n    # YOUR CODE STARTS HERE\n    # YOUR CODE ENDS HERE\n"
            "    # YOUR CODE STARTS HERE\n    cache = (A, W, b)\n    # YOUR CODE ENDS HERE\n    "
            "return Z, cache",
            "Between the markers on the lines 2 and 3 nothing is written.",
            id="an empty section",
        ),
    ],
)
def test_its_text_names_the_cause(hint: Hint, source: str, says: str) -> None:
    assert says in hint(source)


def test_a_loop_with_continue_may_have_more_than_one_turn(hint: Hint) -> None:
    turns = "    for l in range(3):\n        if l < 2:\n            continue\n        return A, W, b"
    assert "first turn" not in hint(f"def linear_forward(A, W, b):\n{turns}")


def test_what_is_right_is_not_observed(graded: Callable[..., Report], assignment: Assignment) -> None:
    right = [one.source for one in assignment.reference.functions.values()]
    report = graded("import copy\nimport numpy as np\nfrom dnn_utils import *", *right)
    assert not any(score.hint for score in report.exercises)


@pytest.mark.parametrize("text", ["A" + " + A" * 1500, "A" + ".T" * 1500], ids=["a sum", "attributes"])
def test_a_deep_expression_costs_the_hint_and_no_mark(graded: Callable[..., Report], text: str) -> None:
    report = graded(
        f"def linear_forward(A, W, b):\n    Z = W @ A - 3 * b ** 2\n    {text}\n    return Z, (A, W, b)"
    )
    assert report.status == "graded"
    assert report.points == 0


@pytest.mark.parametrize(
    "db",
    [
        pytest.param("np.sum(dZ, axis=1) / m", id="the sum drops it"),
        pytest.param("np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m", id="squeeze drops it"),
    ],
)
def test_a_known_mistake_is_described_by_the_answer_and_not_by_the_text_that_gave_it(
    hint: Hint, db: str
) -> None:
    lost = "`db` has lost its second dimension: its shape is (n,) instead of (n, 1)."
    assert hint(LINEAR % f"{DW}; db = {db}") == lost
