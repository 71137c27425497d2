"""Inputs on which to try each function of the exercise; every one of them is fixed by its seed."""

from __future__ import annotations

from typing import Any

import numpy as np


def linear_forward_test_case() -> tuple[np.ndarray, ...]:
    """Return A (3, 2), W (1, 3), b (1, 1)."""
    np.random.seed(1)
    A = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    return A, W, b


def linear_activation_forward_test_case() -> tuple[np.ndarray, ...]:
    """Return A_prev (3, 2), W (1, 3), b (1, 1)."""
    np.random.seed(2)
    A_prev = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    return A_prev, W, b


def L_model_forward_test_case() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return X (4, 2) and the parameters of a network with 4, 3, 1 units."""
    np.random.seed(1)
    X = np.random.randn(4, 2)
    W1 = np.random.randn(3, 4)
    b1 = np.random.randn(3, 1)
    W2 = np.random.randn(1, 3)
    b2 = np.random.randn(1, 1)
    return X, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def L_model_forward_test_case_2hidden() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return X (5, 4) and the parameters of a network with 5, 4, 3, 1 units."""
    np.random.seed(6)
    X = np.random.randn(5, 4)
    W1 = np.random.randn(4, 5)
    b1 = np.random.randn(4, 1)
    W2 = np.random.randn(3, 4)
    b2 = np.random.randn(3, 1)
    W3 = np.random.randn(1, 3)
    b3 = np.random.randn(1, 1)
    return X, {"W1": W1, "b1": b1, "W2": W2, "b2": b2, "W3": W3, "b3": b3}


def compute_cost_test_case() -> tuple[np.ndarray, np.ndarray]:
    """Return the labels Y (1, 3) and the network's outputs AL (1, 3)."""
    Y = np.array([[1, 1, 0]])
    AL = np.array([[0.8, 0.9, 0.4]])
    return Y, AL


def linear_backward_test_case() -> tuple[np.ndarray, tuple[np.ndarray, ...]]:
    """Return dZ (3, 4) and the linear cache: A_prev (5, 4), W (3, 5), b (3, 1)."""
    np.random.seed(1)
    dZ = np.random.randn(3, 4)
    A_prev = np.random.randn(5, 4)
    W = np.random.randn(3, 5)
    b = np.random.randn(3, 1)
    return dZ, (A_prev, W, b)


def linear_activation_backward_test_case() -> tuple[np.ndarray, tuple[Any, ...]]:
    """Return dA (1, 2) and the cache ((A_prev (3, 2), W (1, 3), b (1, 1)), Z (1, 2))."""
    np.random.seed(2)
    dA = np.random.randn(1, 2)
    A_prev = np.random.randn(3, 2)
    W = np.random.randn(1, 3)
    b = np.random.randn(1, 1)
    Z = np.random.randn(1, 2)
    return dA, ((A_prev, W, b), Z)


def L_model_backward_test_case() -> tuple[np.ndarray, np.ndarray, tuple[Any, ...]]:
    """Return AL (1, 2), Y (1, 2), and the caches of a network with 4, 3, 1 units."""
    np.random.seed(3)
    AL = np.random.randn(1, 2)
    Y = np.array([[1, 0]])

    A0 = np.random.randn(4, 2)
    W1 = np.random.randn(3, 4)
    b1 = np.random.randn(3, 1)
    Z1 = np.random.randn(3, 2)

    A1 = np.random.randn(3, 2)
    W2 = np.random.randn(1, 3)
    b2 = np.random.randn(1, 1)
    Z2 = np.random.randn(1, 2)

    return AL, Y, (((A0, W1, b1), Z1), ((A1, W2, b2), Z2))


def update_parameters_test_case() -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the parameters of a network with 4, 3, 1 units, and gradients of the same shapes."""
    np.random.seed(2)
    parameters = {
        "W1": np.random.randn(3, 4),
        "b1": np.random.randn(3, 1),
        "W2": np.random.randn(1, 3),
        "b2": np.random.randn(1, 1),
    }
    np.random.seed(3)
    grads = {
        "dW1": np.random.randn(3, 4),
        "db1": np.random.randn(3, 1),
        "dW2": np.random.randn(1, 3),
        "db2": np.random.randn(1, 1),
    }
    return parameters, grads


def print_grads(grads: dict[str, np.ndarray]) -> None:
    """Print the gradients of the first layer."""
    for name in ("dW1", "db1", "dA1"):
        print(f"{name} = {grads[name]}")
