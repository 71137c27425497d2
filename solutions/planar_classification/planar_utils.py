"""Points of the plane in two classes, and what draws them; NumPy alone until something is drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

Points = tuple[np.ndarray, np.ndarray]


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + exp(-x)) element by element; x is a number, or an array of any shape."""
    return 1 / (1 + np.exp(-x))


def load_planar_dataset() -> Points:
    """Return 400 points X (2, 400) that make a flower, and their labels Y (1, 400): 0 is red, 1 is blue.

    A petal is a loop of the curve whose radius at the angle t is 4 sin(4 t). Each class has half of the
    turn, a little more than 3 radians, with noise in angle and radius.
    """
    np.random.seed(1)
    half = 200
    points = []
    for label in (0, 1):
        angle = np.linspace(label * 3.12, (label + 1) * 3.12, half) + 0.2 * np.random.randn(half)
        radius = 4 * np.sin(4 * angle) + 0.2 * np.random.randn(half)
        points.append(radius * np.array([np.sin(angle), np.cos(angle)]))
    labels = np.repeat(np.array([[0, 1]], dtype="uint8"), half, axis=1)
    return np.hstack(points), labels


def load_extra_datasets() -> tuple[Points, ...]:
    """Return five more datasets, each as points (200, 2), one in each row, and labels (200,).

    They are noisy circles, noisy moons, blobs (with the labels 0 to 5), Gaussian quantiles, and points
    without structure, whose second part is no labels but points as well.
    """
    rng = np.random.RandomState(3)
    return _circles(rng), _moons(rng), _blobs(rng), _quantiles(rng), (rng.rand(200, 2), rng.rand(200, 2))


def _circles(rng: np.random.RandomState) -> Points:
    """Return a circle of radius 1, label 0, around one of radius 1/2, label 1."""
    labels = np.repeat([0, 1], 100)
    angle = rng.uniform(0, 2 * np.pi, 200)
    circle = np.where(labels, 0.5, 1) * np.array([np.cos(angle), np.sin(angle)])
    return circle.T + 0.3 * rng.randn(200, 2), labels


def _moons(rng: np.random.RandomState) -> Points:
    """Return two half circles, the second one upside down and with its tip inside the first."""
    labels = np.repeat([0, 1], 100)
    angle = rng.uniform(0, np.pi, 200)
    x, y = np.cos(angle), np.sin(angle)
    moons = np.where(labels, [1 - x, 0.5 - y], [x, y])
    return moons.T + 0.2 * rng.randn(200, 2), labels


def _blobs(rng: np.random.RandomState) -> Points:
    """Return clouds of points around six centres."""
    labels = np.arange(200) % 6
    centres = rng.uniform(-10, 10, (6, 2))
    return centres[labels] + rng.randn(200, 2), labels


def _quantiles(rng: np.random.RandomState) -> Points:
    """Return one cloud of points; the inner half has the label 0, the outer half 1."""
    X = np.sqrt(0.5) * rng.randn(200, 2)
    distance = np.linalg.norm(X, axis=1)
    return X, (distance > np.median(distance)).astype(int)


def plot_decision_boundary(model: Callable[[np.ndarray], np.ndarray], X: np.ndarray, y: np.ndarray) -> None:
    """Colour the plane by the class that a model predicts at each place, and draw points on top.

    Args:
        model: called with places of the plane, one in each row, shape (k, 2); returns a class for each.
        X: points, shape (2, m).
        y: their labels, shape (1, m).
    """
    import matplotlib.pyplot as plt  # here, since it takes long and only drawing needs it

    low, high = X.min(axis=1) - 1, X.max(axis=1) + 1
    grid = np.meshgrid(np.linspace(low[0], high[0], 300), np.linspace(low[1], high[1], 300))
    classes = model(np.column_stack([axis.ravel() for axis in grid]))
    plt.contourf(*grid, np.reshape(classes, grid[0].shape), cmap="Spectral")
    plt.scatter(*X, c=np.ravel(y), cmap="Spectral", edgecolors="black", s=25)
    plt.xlabel("$x_1$")
    plt.ylabel("$x_2$")
