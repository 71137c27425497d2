"""The inputs on which the functions of "Logistic Regression with a Neural Network mindset" are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from lr_utils import load_dataset

from grader.testcase import check, close, exercise

NOTEBOOK = "Logistic_Regression_with_a_Neural_Network_mindset.ipynb"

Array = np.ndarray
Call = dict[str, Any]

# (n, m): features and examples. They differ, so that no transposed array fits by accident; one feature and
# one example are each there once.
SIZES = ((3, 5), (4, 2), (6, 1), (1, 4), (2, 7))

# The inputs of the cells below the functions: their answers are public.
PUBLISHED = {
    "w": np.array([[1.0], [2.0]]),
    "b": 1.5,
    "X": np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]]),
    "Y": np.array([[1, 1, 0]]),
}


def labels(rng: np.random.Generator, m: int) -> Array:
    """Return labels (1, m) of 0 and 1, as many of the one as of the other if m is even."""
    return rng.permutation((np.arange(m) + rng.integers(2)) % 2).reshape(1, m)


def batch(rng: np.random.Generator, n: int, m: int) -> Call:
    """Return w (n, 1), b, X (n, m) and Y (1, m), with probabilities well between 0 and 1."""
    return {
        "w": rng.standard_normal((n, 1)) / np.sqrt(n),
        "b": rng.uniform(0.2, 1) * rng.choice([-1, 1]),
        "X": rng.standard_normal((n, m)),
        "Y": labels(rng, m),
    }


def clouds(rng: np.random.Generator, n: int, m: int) -> tuple[Array, Array]:
    """Return X (n, m) and Y (1, m) of two classes, whose middles are away from each other and from 0."""
    Y = labels(rng, m)
    middle = rng.standard_normal((n, 1))
    return rng.standard_normal((n, m)) + middle * (Y - 0.3), Y


@exercise(grade_id="cell-520521c430352f3b", points=10, published=[{"z": np.array([0, 2])}, {"z": 1}])
def sigmoid(rng: np.random.Generator) -> Iterator[Call]:
    """A row, a number, matrices, a vector."""
    for shape in ((1, 5), (), (3, 4), (6,), (2, 1)):
        yield {"z": rng.uniform(-6, 6, shape) if shape else rng.uniform(-6, 6)}


@exercise(grade_id="cell-befa9335e479864e", points=10, published=[{"dim": 2}])
def initialize_with_zeros(rng: np.random.Generator) -> Iterator[Call]:
    """Some features, one, and as many as pictures have."""
    yield {"dim": int(rng.integers(3, 8))}
    yield {"dim": 1}
    yield {"dim": int(rng.integers(8, 20))}
    yield {"dim": 12288}


@initialize_with_zeros.judge
def _(case: Call, expected: Any, start: Any) -> Any:
    w, b = start
    return close()(case, expected, (w + 0.0, b), ["w", "b"])  # whole zeros are as good


@exercise(grade_id="cell-11af17e28077b3d3", points=25, published=[PUBLISHED], allow="array_for_number")
def propagate(rng: np.random.Generator) -> Iterator[Call]:
    """All sizes."""
    for n, m in SIZES:
        yield batch(rng, n, m)


@exercise(
    grade_id="cell-616d6883e807448d",
    points=20,
    published=[PUBLISHED | {"num_iterations": 100, "learning_rate": 0.009, "print_cost": False}],
    allow="array_for_number",
)
def optimize(rng: np.random.Generator) -> Iterator[Call]:
    """All sizes; rounds with none, one and three costs to keep, other rates."""
    for (n, m), rounds in zip(SIZES, (101, 3, 250, 1, 40), strict=True):
        yield batch(rng, n, m) | {
            "num_iterations": rounds,
            "learning_rate": rng.uniform(0.05, 0.3),
            "print_cost": False,
        }


@exercise(
    grade_id="cell-d6f924f49c51dc2f",
    points=15,
    published=[
        {
            "w": np.array([[0.1124579], [0.23106775]]),
            "b": -0.3,
            "X": np.array([[1.0, -1.1, -3.2], [1.2, 2.0, 0.1]]),
        }
    ],
)
def predict(rng: np.random.Generator) -> Iterator[Call]:
    """Examples on both sides of the border, more on one of them; without the bias it is elsewhere."""
    for n, m in ((3, 8), (4, 6), (1, 5), (5, 12), (2, 10)):
        w, b = rng.standard_normal((n, 1)), rng.uniform(1, 2) * rng.choice([-1, 1])
        X = rng.standard_normal((n, m))
        z = rng.permutation(np.linspace(-0.4, 1.7, m)) * rng.choice([-1, 1])
        yield {"w": w, "b": b, "X": X + w * (z - b - w.T @ X) / np.sum(w**2)}


@predict.judge
def _(case: Call, expected: Array, Y_prediction: Any) -> Any:
    return close()(case, expected, np.asarray(Y_prediction, float), ["Y_prediction"])


@exercise(grade_id="cell-6dcba5967c4cbf8c", points=20)
def model(rng: np.random.Generator) -> Iterator[Call]:
    """Two clouds of various sizes; other numbers of rounds and other rates than the default ones."""
    for n, m, m_test, rounds in ((4, 7, 3, 50), (2, 12, 5, 120), (5, 6, 8, 201), (1, 9, 4, 30), (3, 8, 1, 2)):
        X, Y = clouds(rng, n, m + m_test)
        yield {
            "X_train": X[:, :m],
            "Y_train": Y[:, :m],
            "X_test": X[:, m:],
            "Y_test": Y[:, m:],
            "num_iterations": rounds,
            "learning_rate": rng.uniform(0.01, 0.2),
            "print_cost": False,
        }


@model.judge
def _(case: Call, expected: Call, d: Call) -> Any:
    labels = {name: np.asarray(d[name], float) for name in d if name.startswith("Y_prediction")}
    return close()(case, expected, {**d, **labels, "b": np.squeeze(d["b"])}, ["d"])


# Checks of the reference by what it does not say itself: differences of the cost, what has to stay the same,
# or to add up, when the inputs change, and how well it learns.

STEP = 1e-6


def slopes(f: Callable[[Array], float], x: Array) -> Array:
    """Return df/dx by central differences, an array of the shape of x."""
    units = np.eye(x.size).reshape(x.size, *x.shape) * STEP
    return np.reshape([(f(x + unit) - f(x - unit)) / (2 * STEP) for unit in units], x.shape)


@check
def gradients_agree_with_finite_differences(rng: np.random.Generator, reference: Any) -> None:
    """Each weight moves a little up and a little down, and so does the bias."""
    for n, m in SIZES:
        w, b, X, Y = batch(rng, n, m).values()
        grads, _ = reference.propagate(w, b, X, Y)
        by_weights = slopes(lambda w, b=b, X=X, Y=Y: reference.propagate(w, b, X, Y)[1], w)
        by_bias = slopes(lambda b, w=w, X=X, Y=Y: reference.propagate(w, b, X, Y)[1], np.array(b))
        np.testing.assert_allclose(grads["dw"], by_weights, atol=1e-7, err_msg="dw")
        np.testing.assert_allclose(grads["db"], by_bias, atol=1e-7, err_msg="db")


@check
def a_batch_has_the_mean_cost_and_gradients_of_its_parts(rng: np.random.Generator, reference: Any) -> None:
    """Three examples and four of them, in another order, weigh 3/7 and 4/7."""
    w, b, X, Y = batch(rng, 5, 7).values()
    order = rng.permutation(7)
    parts = [reference.propagate(w, b, X[:, part], Y[:, part]) for part in (order[:3], order[3:])]
    grads, cost = reference.propagate(w, b, X, Y)
    np.testing.assert_allclose(cost, (3 * parts[0][1] + 4 * parts[1][1]) / 7, err_msg="cost")
    for name in ("dw", "db"):
        mean = (3 * parts[0][0][name] + 4 * parts[1][0][name]) / 7
        np.testing.assert_allclose(grads[name], mean, atol=1e-12, err_msg=name)


@check
def classes_are_alike(rng: np.random.Generator, reference: Any) -> None:
    """With w and b of the opposite sign and the labels exchanged, everything is as probable as before."""
    w, b, X, Y = batch(rng, 4, 6).values()
    grads, cost = reference.propagate(w, b, X, Y)
    turned, same_cost = reference.propagate(-w, -b, X, 1 - Y)
    np.testing.assert_allclose(same_cost, cost, err_msg="cost")
    np.testing.assert_allclose(turned["dw"], -grads["dw"], atol=1e-12, err_msg="dw")
    np.testing.assert_array_equal(reference.predict(-w, -b, X), 1 - reference.predict(w, b, X))


@check
def training_goes_on_where_it_stopped(rng: np.random.Generator, reference: Any) -> None:
    """Seven rounds and eight more are fifteen; steps of length 0 change nothing."""
    w, b, X, Y = batch(rng, 3, 8).values()
    first, _, _ = reference.optimize(w, b, X, Y, 7, 0.1)
    both, _, _ = reference.optimize(first["w"], first["b"], X, Y, 8, 0.1)
    once, _, _ = reference.optimize(w, b, X, Y, 15, 0.1)
    still, _, _ = reference.optimize(w, b, X, Y, 5, 0.0)
    for name, start in (("w", w), ("b", b)):
        np.testing.assert_allclose(both[name], once[name], err_msg=name)
        np.testing.assert_array_equal(still[name], start, err_msg=name)


@check
def a_model_learns_to_tell_cats(rng: np.random.Generator, reference: Any) -> None:
    """Nearly all pictures that it learns from, and about 7 of 10 new ones; every sixteenth pixel will do."""
    X, Y, X_test, Y_test, _ = load_dataset()
    X, X_test = (x[:, ::4, ::4].reshape(len(x), -1).T / 255 for x in (X, X_test))
    order = rng.permutation(X.shape[1])
    d = reference.model(X[:, order], Y[:, order], X_test, Y_test, num_iterations=2000, learning_rate=0.05)
    train, test = (
        np.mean(d[name] == labels)
        for name, labels in (("Y_prediction_train", Y[:, order]), ("Y_prediction_test", Y_test))
    )
    assert train > 0.9, f"{train:.2f} of the training pictures"
    assert 0.6 < test < 0.85, f"{test:.2f} of the test pictures"
    assert np.all(np.diff(d["costs"][5:]) < 0), "the cost grows"


SIGNED_OFF = {
    "predict": {
        "`A >= 0.5` instead of `A > 0.5`": "Either will do: right notebooks of all editions have it.",
    },
    "model": {
        "`X_test` instead of `X_train`": "Both have the same number of features.",
        "`num_iterations` instead of `print_cost`": "What is printed is not graded.",
        "`learning_rate` instead of `print_cost`": "What is printed is not graded.",
    },
}
