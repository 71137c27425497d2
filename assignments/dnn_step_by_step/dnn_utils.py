"""Activation functions and their derivatives, for the layers of a network."""

from __future__ import annotations

import numpy as np


def sigmoid(Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return A = 1 / (1 + exp(-Z)) element by element, and Z itself as the cache of the backward pass.

    Z has any shape; A has the same.
    """
    A = 1 / (1 + np.exp(-Z))
    return A, Z


def relu(Z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return A = max(0, Z) element by element, and Z itself as the cache of the backward pass.

    Z has any shape; A has the same.
    """
    A = np.maximum(0, Z)
    return A, Z


def sigmoid_backward(dA: np.ndarray, cache: np.ndarray) -> np.ndarray:
    """Return dZ = dA * s * (1 - s), where s is the sigmoid of Z.

    `cache` is the Z of the forward pass; dA, Z and dZ have the same shape.
    """
    s, _ = sigmoid(cache)
    return np.asarray(dA * s * (1 - s))


def relu_backward(dA: np.ndarray, cache: np.ndarray) -> np.ndarray:
    """Return dZ, which is dA where Z > 0, and 0 elsewhere (also where Z is exactly 0).

    `cache` is the Z of the forward pass; dA, Z and dZ have the same shape.
    """
    return np.where(cache > 0, dA, 0.0)
