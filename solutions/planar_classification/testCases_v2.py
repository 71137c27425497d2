"""Inputs on which to try each function of the exercise; every one of them is fixed."""

from __future__ import annotations

import numpy as np

Parameters = dict[str, np.ndarray]


def _small_weights() -> Parameters:
    """Return small weights of a network with 2, 4, 1 units, and biases that are 0."""
    draw = np.random.RandomState(2).randn
    W1, W2 = np.round(0.01 * draw(4, 2), 8), np.round(0.01 * draw(1, 4), 8)
    return {"W1": W1, "b1": np.zeros((4, 1)), "W2": W2, "b2": np.zeros((1, 1))}


def _trained() -> Parameters:
    """Return the parameters of a network with 2, 4, 1 units after some steps."""
    return {
        "W1": np.array(
            [
                [-0.00615039, 0.0169021],
                [-0.02311792, 0.03137121],
                [-0.0169217, -0.01752545],
                [0.00935436, -0.05018221],
            ]
        ),
        "b1": np.array([[-8.97523455e-07], [8.15562092e-06], [6.04810633e-07], [-2.54560700e-06]]),
        "W2": np.array([[-0.0104319, -0.04019007, 0.01607211, 0.04440255]]),
        "b2": np.array([[9.14954378e-05]]),
    }


def layer_sizes_test_case() -> tuple[np.ndarray, np.ndarray]:
    """Return X (5, 3) and Y (2, 3)."""
    np.random.seed(1)
    X = np.random.randn(5, 3)
    Y = np.random.randn(2, 3)
    return X, Y


def initialize_parameters_test_case() -> tuple[int, int, int]:
    """Return n_x, n_h, n_y."""
    return 2, 4, 1


def forward_propagation_test_case() -> tuple[np.ndarray, Parameters]:
    """Return X (2, 3) and the parameters of a network with 2, 4, 1 units."""
    np.random.seed(1)
    X = np.random.randn(2, 3)
    b1 = np.random.randn(4, 1)
    return X, {**_small_weights(), "b1": b1, "b2": np.array([[-1.3]])}


def compute_cost_test_case() -> tuple[np.ndarray, np.ndarray]:
    """Return the network's outputs A2 (1, 3) and the labels Y (1, 3), which are truth values."""
    np.random.seed(1)
    Y = np.random.randn(1, 3) > 0
    A2 = np.array([[0.5002307, 0.49985831, 0.50023963]])
    return A2, Y


def backward_propagation_test_case() -> tuple[Parameters, Parameters, np.ndarray, np.ndarray]:
    """Return the parameters of a network with 2, 4, 1 units, its cache, X (2, 3) and Y (1, 3)."""
    np.random.seed(1)
    X = np.random.randn(2, 3)
    Y = np.random.randn(1, 3) > 0
    parameters = _small_weights()
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    return parameters, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}, X, Y


def update_parameters_test_case() -> tuple[Parameters, Parameters]:
    """Return the parameters of a network with 2, 4, 1 units, and gradients of the same shapes."""
    grads = {
        "dW1": np.array(
            [
                [0.00023322, -0.00205423],
                [0.00082222, -0.00700776],
                [-0.00031831, 0.0028636],
                [-0.00092857, 0.00809933],
            ]
        ),
        "db1": np.array([[1.05570087e-07], [-3.81814487e-06], [-1.90155145e-07], [5.46467802e-07]]),
        "dW2": np.array([[-1.75740039e-05, 3.70231337e-03, -1.25683095e-03, -2.55715317e-03]]),
        "db2": np.array([[-1.08923140e-05]]),
    }
    return _trained(), grads


def nn_model_test_case() -> tuple[np.ndarray, np.ndarray]:
    """Return X (2, 4) and Y (1, 4), which are truth values."""
    np.random.seed(1)
    X = np.random.randn(2, 4)
    Y = np.random.randn(1, 4) > 0
    return X, Y


def predict_test_case() -> tuple[Parameters, np.ndarray]:
    """Return the parameters of a network with 2, 4, 1 units, and X (2, 3)."""
    np.random.seed(1)
    X = np.random.randn(2, 3)
    return _trained(), X
