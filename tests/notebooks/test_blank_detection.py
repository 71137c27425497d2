"""Tests of blanks: every edition's untouched function is one, and nobody's work is."""

from __future__ import annotations

from time import perf_counter

import pytest

from grader.models.assignment import Wanted
from grader.models.submission import Cell, State
from grader.notebooks.blank_detection import is_blank
from grader.notebooks.extraction import extract

# What each function is handed out as, in the two styles that there are: an older one with `= None`
# between its markers, and a newer one with comments above empty markers.

OLD = {
    "initialize_parameters": '''
def initialize_parameters(n_x, n_h, n_y):
    """Weights and biases of two layers."""
    np.random.seed(1)
    ### START CODE HERE ### (≈ 4 lines of code)
    W1 = None
    b1 = None
    W2 = None
    b2 = None
    ### END CODE HERE ###
    assert(W1.shape == (n_h, n_x))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
''',
    "initialize_parameters_deep": """
def initialize_parameters_deep(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        ### START CODE HERE ### (≈ 2 lines of code)
        parameters['W' + str(l)] = None
        parameters['b' + str(l)] = None
        ### END CODE HERE ###
        assert(parameters['W' + str(l)].shape == (layer_dims[l], layer_dims[l-1]))
    return parameters
""",
    "linear_forward": """
def linear_forward(A, W, b):
    ### START CODE HERE ### (≈ 1 line of code)
    Z = None
    ### END CODE HERE ###
    assert(Z.shape == (W.shape[0], A.shape[1]))
    cache = (A, W, b)
    return Z, cache
""",
    "linear_activation_forward": """
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        # Inputs: "A_prev, W, b". Outputs: "A, activation_cache".
        ### START CODE HERE ### (≈ 2 lines of code)
        Z, linear_cache = None
        A, activation_cache = None
        ### END CODE HERE ###
    elif activation == "relu":
        ### START CODE HERE ### (≈ 2 lines of code)
        Z, linear_cache = None
        A, activation_cache = None
        ### END CODE HERE ###
    cache = (linear_cache, activation_cache)
    return A, cache
""",
    "L_model_forward": """
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        ### START CODE HERE ### (≈ 2 lines of code)
        A, cache = None
        None
        ### END CODE HERE ###
    ### START CODE HERE ### (≈ 2 lines of code)
    AL, cache = None
    None
    ### END CODE HERE ###
    return AL, caches
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    ### START CODE HERE ### (≈ 1 lines of code)
    cost = None
    ### END CODE HERE ###
    cost = np.squeeze(cost)      # a number, not an array of one
    assert(cost.shape == ())
    return cost
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    ### START CODE HERE ### (≈ 3 lines of code)
    dW = None
    db = None
    dA_prev = None
    ### END CODE HERE ###
    assert (dA_prev.shape == A_prev.shape)
    return dA_prev, dW, db
""",
    "linear_activation_backward": """
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        ### START CODE HERE ### (≈ 2 lines of code)
        dZ = None
        dA_prev, dW, db = None, None, None
        ### END CODE HERE ###
    elif activation == "sigmoid":
        ### START CODE HERE ### (≈ 2 lines of code)
        dZ = None
        dA_prev, dW, db = None
        ### END CODE HERE ###
    return dA_prev, dW, db
""",
    "L_model_backward": """
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    Y = Y.reshape(AL.shape)
    ### START CODE HERE ### (1 line of code)
    dAL = None
    ### END CODE HERE ###
    ### START CODE HERE ### (approx. 2 lines)
    current_cache = None
    grads["dA" + str(L-1)], grads["dW" + str(L)], grads["db" + str(L)] = None
    ### END CODE HERE ###
    for l in reversed(range(L-1)):
        ### START CODE HERE ### (approx. 5 lines)
        current_cache = None
        dA_prev_temp, dW_temp, db_temp = None
        grads["dA" + str(l)] = None
        grads["dW" + str(l + 1)] = None
        ### END CODE HERE ###
    return grads
""",
    "update_parameters": """
def update_parameters(parameters, grads, learning_rate):
    L = len(parameters) // 2
    ### START CODE HERE ### (≈ 3 lines of code)
    for l in range(L):
        parameters["W" + str(l+1)] = None
        parameters["b" + str(l+1)] = None
    ### END CODE HERE ###
    return parameters
""",
}

NEW = {
    "initialize_parameters": '''
def initialize_parameters(n_x, n_h, n_y):
    """Weights and biases of two layers."""
    np.random.seed(1)
    #(≈ 4 lines of code)
    # W1 = ...
    # b1 = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    return parameters
''',
    "initialize_parameters_deep": """
def initialize_parameters_deep(layer_dims):
    np.random.seed(3)
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L):
        #(≈ 2 lines of code)
        # parameters['W' + str(l)] = ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
        assert(parameters['W' + str(l)].shape == (layer_dims[l], layer_dims[l - 1]))
    return parameters
""",
    "linear_forward": """
def linear_forward(A, W, b):
    #(≈ 1 line of code)
    # Z = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    cache = (A, W, b)
    return Z, cache
""",
    "linear_activation_forward": """
def linear_activation_forward(A_prev, W, b, activation):
    if activation == "sigmoid":
        # Z, linear_cache = ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    elif activation == "relu":
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    cache = (linear_cache, activation_cache)
    return A, cache
""",
    "L_model_forward": """
def L_model_forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        #(≈ 2 lines of code)
        # A, cache = ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    # AL, cache = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    return AL, caches
""",
    "compute_cost": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    # cost = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    cost = np.squeeze(cost)
    return cost
""",
    "linear_backward": """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    ### START CODE HERE ### (≈ 3 lines of code)
    # dW = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    return dA_prev, dW, db
""",
    "linear_activation_backward": """
def linear_activation_backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        # dZ =  ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    elif activation == "sigmoid":
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    return dA_prev, dW, db
""",
    "L_model_backward": """
def L_model_backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    # dAL = ...
    # YOUR CODE STARTS HERE


    # YOUR CODE ENDS HERE
    for l in reversed(range(L-1)):
        # current_cache = ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    return grads
""",
    "update_parameters": """
def update_parameters(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(L):
        # parameters["W" + str(l+1)] = ...
        # YOUR CODE STARTS HERE


        # YOUR CODE ENDS HERE
    return parameters
""",
}


def state(function: str, source: str) -> State:
    cell = Cell(4, f"# GRADED FUNCTION: {function}\n{source}")
    return extract([cell], Wanted((function,), {}, {})).functions[function].state


@pytest.mark.parametrize("function", OLD)
@pytest.mark.parametrize("edition", [OLD, NEW], ids=["older editions", "current edition"])
def test_an_untouched_function_is_blank(edition: dict[str, str], function: str) -> None:
    assert state(function, edition[function]) is State.BLANK


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    pass", id="pass"),
        pytest.param("def f(x):\n    ...", id="dots"),
        pytest.param('def f(x):\n    """What it does: this."""', id="docstring"),
        pytest.param(
            'def f(x):\n    r"""Two\n    lines:\n    """\n    raise NotImplementedError', id="raise"
        ),
        pytest.param(
            'def f(x):\n    raise NotImplementedError("Write f(x): see above.")', id="raise with text"
        ),
        pytest.param("def f(x):\n    y = None\n    # the rest", id="None"),
        pytest.param("def f(\n    x,\n    y,\n):\n    pass", id="parameters on lines of their own"),
        pytest.param("def f(x):  # doubles\n    pass", id="comment behind the def"),
        pytest.param("def f(x):\n    # nothing yet\n", id="comment only, which does not parse"),
    ],
)
def test_a_function_without_markers_is_blank_when_it_says_nothing(source: str) -> None:
    assert is_blank(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return x", id="one line"),
        pytest.param("def f(x): return x", id="on the line of the def"),
        pytest.param("def f(x):  # why\n    y = x\n    if y:\n        pass", id="comment behind the def"),
        pytest.param("def f(x):\n    y = None\n    return y or x", id="None to begin with"),
        pytest.param("def f(x):\n    if x == None:\n        return 1", id="comparison with None"),
        pytest.param("def f(x):\n    g(x, axis=None)", id="an argument of None"),
    ],
)
def test_a_function_without_markers_is_not_blank_when_it_does_something(source: str) -> None:
    assert not is_blank(source)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("y = 2 * x", id="an assignment"),
        pytest.param("y = x  # = None", id="None in a comment"),
        pytest.param("y = g(axis=None)", id="None as an argument"),
        pytest.param("for i in x: y = i  # note:", id="a loop on one line"),
        pytest.param("y = (2 *", id="half a statement"),
        pytest.param("return x", id="a return"),
        pytest.param("caches.append(x)", id="a call"),
    ],
)
@pytest.mark.parametrize("edition", ["    ### START CODE HERE ###\n    {}\n    ### END CODE HERE ###\n",
                                     "    # YOUR CODE STARTS HERE\n    {}\n    # YOUR CODE ENDS HERE\n"],
                         ids=["older", "current"])  # fmt: skip
def test_one_line_between_the_markers_is_work(edition: str, line: str) -> None:
    assert not is_blank("def f(x):\n" + edition.format(line) + "    return y")


def test_one_region_with_work_in_it_is_work() -> None:
    half = OLD["linear_activation_forward"].replace("A, activation_cache = None", "A, c = relu(Z)", 1)
    assert state("linear_activation_forward", half) is State.WRITTEN


def test_deleted_markers_do_not_make_work_blank() -> None:
    source = "def f(x):\n    # YOUR CODE STARTS HERE\n    y = None\n    y = 2 * x\n    return y"
    assert not is_blank(source)


EMPTY = "    # YOUR CODE STARTS HERE\n\n\n    # YOUR CODE ENDS HERE\n"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("    Z = W @ A + b\n{}    cache = (A, W, b)\n    return Z, cache", id="above"),
        pytest.param("{}    Z = W @ A + b\n    cache = (A, W, b)\n    return Z, cache", id="below"),
        pytest.param("    Z = g(A)\n{}    Z = np.squeeze(Z)\n    return Z", id="finished by the template"),
        pytest.param("    return W @ A + b, (A, W, b)\n{}", id="returned at once"),
        pytest.param(
            "    Z = g(A)\n    c, d = g(W)\n{}    p = dict(Z=Z)\n    return p, [c, d]", id="gathered"
        ),
        pytest.param("    p = A.copy()\n    p['W'] = p['W'] - b\n{}    return p", id="updated in a copy"),
        pytest.param("    for l in W:\n        A[l] -= b\n{}    return A", id="updated in place"),
        pytest.param("    c = []\n    for l in W:\n        c.append(l)\n{}    return c", id="appended to"),
        pytest.param(
            "    if b:\n        Z = g(A)\n    else:\n        Z = g(W)\n{}    return Z", id="in branches"
        ),
    ],
)
def test_work_beside_empty_markers_is_work(source: str) -> None:
    assert not is_blank("def f(A, W, b):\n" + source.format(EMPTY))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(EMPTY + "    return A", id="its input"),
        pytest.param("    p = copy.deepcopy(A)\n" + EMPTY + "    return p", id="a copy of its input"),
        pytest.param("    p = A.copy()\n    L = len(p) // 2\n" + EMPTY + "    return p", id="another copy"),
        pytest.param("    grads = {}\n" + EMPTY + "    return grads", id="an empty dict"),
        pytest.param(EMPTY + "    cost = np.squeeze(cost)\n    return cost", id="a name made of itself"),
        pytest.param(EMPTY + "    return Z, (A, W)", id="a name that nothing binds"),
        pytest.param(EMPTY, id="nothing"),
    ],
)
def test_what_a_template_does_beside_its_markers_is_no_work(source: str) -> None:
    assert is_blank("def f(A, W, b):\n" + source)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("x" + "()" * 5_000, id="calls of calls"),
        pytest.param("(" * 50_000 + "=", id="brackets"),
        pytest.param(" " * 200_000 + "x", id="blanks"),
        pytest.param("x = None" + " " * 200_000 + "y", id="blanks behind None"),
        pytest.param("x = None" + ", None" * 50_000 + "y", id="many times None"),
        pytest.param("a" + "=" * 200_000, id="equals signs"),
        pytest.param("for " + ":" * 200_000 + "x", id="colons"),
        pytest.param('"""' + "'''" * 60_000, id="quotes"),
    ],
)
def test_no_line_takes_long(line: str) -> None:
    start = perf_counter()
    is_blank(f"def f(x):\n{line}")
    is_blank(f"def f(x):\n    # YOUR CODE STARTS HERE\n{line}\n    # YOUR CODE ENDS HERE")
    assert perf_counter() - start < 1
