"""Tests of blanks: what either edition hands out is one, and is none once it has work in it."""

from __future__ import annotations

import pytest

from grader.models.assignment import Wanted
from grader.models.submission import Cell, State
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


def test_one_region_with_work_in_it_is_work() -> None:
    half = OLD["linear_activation_forward"].replace("A, activation_cache = None", "A, c = relu(Z)", 1)
    assert state("linear_activation_forward", half) is State.WRITTEN
