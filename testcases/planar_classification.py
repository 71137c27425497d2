"""The inputs on which each graded function of "Planar data classification" is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from planar_utils import load_extra_datasets
from testCases_v2 import (
    backward_propagation_test_case,
    compute_cost_test_case,
    forward_propagation_test_case,
    initialize_parameters_test_case,
    layer_sizes_test_case,
    predict_test_case,
    update_parameters_test_case,
)

from grader.testcase import Edition, check, exercise

NOTEBOOK = "Planar_data_classification_with_one_hidden_layer.ipynb"

# Notebooks import the same modules under names with a version.
ALIASES = {
    "testCases_v2": ("testCases_v1", "testCases_v2a", "testCases_v3", "test_cases"),
    "planar_utils": ("planar_utils_v1", "planar_utils_v2"),
}

# Until 2020 the cost had a third parameter, which does not matter. The seed was in `initialize_parameters`
# for a while longer; that is right in the current edition too.
EDITIONS = {"2017": Edition(marked_by=r"def compute_cost\(A2, Y, ")}

Array = np.ndarray
Call = dict[str, Any]

# (n_x, n_h, m). All three differ, so that no transposed array fits by accident; one input, one hidden unit
# and one point are each there once. There is one output unit, as the templates of all editions assert.
NETWORKS = ((2, 4, 6), (3, 5, 7), (5, 3, 1), (1, 6, 4), (4, 1, 3))


def call(names: str, values: tuple[Any, ...], **more: Any) -> Call:
    """Return the keyword arguments that `names`, separated by blanks, give to `values`, and `more`."""
    return dict(zip(names.split(), values, strict=True), **more)


def random_parameters(rng: np.random.Generator, n_x: int, n_h: int) -> dict[str, Array]:
    """Return W1, b1, W2, b2 of a network with one output, whose units are neither silent nor saturated."""
    return {
        "W1": rng.standard_normal((n_h, n_x)) / np.sqrt(n_x),
        "b1": rng.uniform(-1, 1, (n_h, 1)),
        "W2": rng.standard_normal((1, n_h)) / np.sqrt(n_h),
        "b2": rng.uniform(-1, 1, (1, 1)),
    }


def labels(rng: np.random.Generator, m: int) -> Array:
    """Return labels (1, m) of 0 and 1, as many of the one as of the other if m is even."""
    return rng.permutation((np.arange(m) + rng.integers(2)) % 2).reshape(1, m)


@exercise(
    grade_id="cell-bf6ef9d827b48201", points=5, published=[call("X Y", layer_sizes_test_case())], public=1
)
def layer_sizes(rng: np.random.Generator) -> Iterator[Call]:
    """Three different sizes; inputs and outputs are 1 once, and never 4, as the hidden units are."""
    for n_x, n_y, m in ((7, 5, 6), (3, 1, 2), (1, 2, 5), (6, 3, 2)):
        yield {"X": rng.standard_normal((n_x, m)), "Y": rng.standard_normal((n_y, m))}


@exercise(
    grade_id="cell-e701a137e4b826ea",
    points=10,
    published=[call("n_x n_h n_y", initialize_parameters_test_case()), {"n_x": 3, "n_h": 5, "n_y": 2}],
)
def initialize_parameters(rng: np.random.Generator) -> Iterator[Call]:
    """Three different sizes, and each of them 1 once."""
    sizes = rng.permutation(np.arange(2, 8)).tolist()
    for n_x, n_h, n_y in (sizes[:3], sizes[3:], (1, *sizes[:2]), (sizes[2], 1, sizes[3]), (*sizes[4:], 1)):
        yield {"n_x": n_x, "n_h": n_h, "n_y": n_y}


@initialize_parameters.drive
def _(student, n_x, n_h, n_y):
    np.random.seed(2)  # as earlier editions do in the function
    parameters = student.initialize_parameters(n_x, n_h, n_y)
    return parameters


@exercise(
    grade_id="cell-b41d8713ffbb054c",
    points=15,
    published=[call("X parameters", forward_propagation_test_case())],
)
def forward_propagation(rng: np.random.Generator) -> Iterator[Call]:
    """Networks of every size."""
    for n_x, n_h, m in NETWORKS:
        yield {"X": rng.standard_normal((n_x, m)), "parameters": random_parameters(rng, n_x, n_h)}


@exercise(
    grade_id="cell-3dba3a966f90c35a",
    points=10,
    published=[call("A2 Y", compute_cost_test_case(), parameters=update_parameters_test_case()[0])],
)
def compute_cost(rng: np.random.Generator) -> Iterator[Call]:
    """Probabilities well between 0 and 1, for several numbers of points."""
    for m in (5, 2, 1, 7, 4):
        parameters = random_parameters(rng, 2, 4)
        yield {"A2": rng.uniform(0.1, 0.9, (1, m)), "Y": labels(rng, m), "parameters": parameters}


@exercise(
    grade_id="cell-0f8a26305f1ccef7",
    points=20,
    published=[call("parameters cache X Y", backward_propagation_test_case())],
)
def backward_propagation(rng: np.random.Generator, reference: Any) -> Iterator[Call]:
    """Networks of every size after the reference's forward pass."""
    for n_x, n_h, m in NETWORKS:
        parameters, X = random_parameters(rng, n_x, n_h), rng.standard_normal((n_x, m))
        _, cache = reference.forward_propagation(X, parameters)
        yield {"parameters": parameters, "cache": cache, "X": X, "Y": labels(rng, m)}


@exercise(
    grade_id="cell-f0a3d6f05b55f29e",
    points=10,
    published=[call("parameters grads", update_parameters_test_case(), learning_rate=1.2)],
)
def update_parameters(rng: np.random.Generator) -> Iterator[Call]:
    """Networks of every size, and a learning rate of its own for each."""
    for n_x, n_h, _ in NETWORKS:
        parameters = random_parameters(rng, n_x, n_h)
        grads = {f"d{name}": rng.standard_normal(value.shape) for name, value in parameters.items()}
        yield {"parameters": parameters, "grads": grads, "learning_rate": rng.uniform(0.02, 0.6)}


@exercise(grade_id="cell-25f5e3e9b4ef006f", points=20)
def nn_model(rng: np.random.Generator) -> Iterator[Call]:
    """Few rounds, since whatever goes wrong in one shows after some of them; a single one too."""
    for n_x, n_h, m, rounds in ((2, 4, 9, 30), (3, 5, 8, 12), (1, 2, 6, 40), (4, 1, 7, 1), (2, 6, 5, 60)):
        X = rng.standard_normal((n_x, m))
        yield {"X": X, "Y": labels(rng, m), "n_h": n_h, "num_iterations": rounds}


@nn_model.drive
def _(student, X, Y, n_h, num_iterations):
    parameters = student.nn_model(X, Y, n_h, num_iterations=num_iterations)
    return parameters


@exercise(
    grade_id="cell-54e92a8c3c22758b",
    points=10,
    published=[call("parameters X", predict_test_case())],
)
def predict(rng: np.random.Generator) -> Iterator[Call]:
    """Networks whose points are of both classes."""
    for n_x, n_h, m in ((3, 5, 8), (2, 4, 9), (1, 6, 7), (5, 1, 6)):
        parameters, X = random_parameters(rng, n_x, n_h), rng.standard_normal((n_x, m))
        parameters["b1"][:] = parameters["b2"][:] = 0
        X[:, 1] = -X[:, 0]  # without biases, the point on the other side is of the other class
        yield {"parameters": parameters, "X": X}


@predict.judge
def _(_case: Call, expected: Array, predictions: Any) -> str | None:
    classes = np.asarray(predictions)
    m = expected.shape[1]
    if classes.shape not in ((1, m), (m,)):
        return f"The shape of predictions is {classes.shape}, expected {(1, m)}."
    if not np.isin(classes, (0, 1)).all():
        return "Predictions are classes: let each be 0 or 1, or True or False."
    wrong = np.flatnonzero(classes.ravel() != expected.ravel())
    if wrong.size:
        return f"{wrong.size} of {m} predictions are wrong, the first is that of point {wrong[0]}."
    return None


# Checks of the reference by what it does not say itself: differences of the cost, and how well it learns.

STEP = 1e-6


def slopes(f: Callable[[], float], x: Array) -> Array:
    """Return df/dx by central differences, an array of the shape of x; x is changed meanwhile."""
    slope = np.empty_like(x)
    for i in np.ndindex(x.shape):
        kept = x[i]
        x[i] = kept + STEP
        above = f()
        x[i] = kept - STEP
        slope[i] = (above - f()) / (2 * STEP)
        x[i] = kept
    return slope


def cost_of(reference: Any, X: Array, Y: Array, parameters: dict[str, Array]) -> float:
    """Return the cost of a network."""
    A2, _ = reference.forward_propagation(X, parameters)
    return float(reference.compute_cost(A2, Y))


def gradients(reference: Any, X: Array, Y: Array, parameters: dict[str, Array]) -> dict[str, Array]:
    """Return the gradients of the cost of a network, after its forward pass."""
    _, cache = reference.forward_propagation(X, parameters)
    return dict(reference.backward_propagation(parameters, cache, X, Y))


@check
def gradients_agree_with_finite_differences(rng: np.random.Generator, reference: Any) -> None:
    """Each parameter of a whole network moves a little up and a little down."""
    for n_x, n_h, m in NETWORKS:
        X, Y, parameters = rng.standard_normal((n_x, m)), labels(rng, m), random_parameters(rng, n_x, n_h)
        cost = partial(cost_of, reference, X, Y, parameters)
        grads = gradients(reference, X, Y, parameters)
        for name, value in parameters.items():
            np.testing.assert_allclose(grads[f"d{name}"], slopes(cost, value), atol=1e-7, err_msg=f"d{name}")


@check
def a_batch_has_the_mean_gradients_of_its_parts(rng: np.random.Generator, reference: Any) -> None:
    """Three points and four of them weigh 3/7 and 4/7, in whatever order they are."""
    X, Y, parameters = rng.standard_normal((3, 7)), labels(rng, 7), random_parameters(rng, 3, 5)
    order = rng.permutation(7)
    first, rest, whole = (
        gradients(reference, X[:, part], Y[:, part], parameters)
        for part in (order[:3], order[3:], slice(None))
    )
    for name, value in whole.items():
        mean = (3 * first[name] + 4 * rest[name]) / 7
        np.testing.assert_allclose(value, mean, atol=1e-12, err_msg=name)


@check
def somebody_who_knows_nothing_has_the_cost_log_2(rng: np.random.Generator, reference: Any) -> None:
    """A network that has just been started says one half of every point, whatever the labels."""
    parameters = reference.initialize_parameters(2, 4, 1)
    cost = cost_of(reference, rng.standard_normal((2, 9)), labels(rng, 9), parameters)
    np.testing.assert_allclose(cost, np.log(2), atol=1e-3)


@check
def a_trained_network_tells_points_apart(rng: np.random.Generator, reference: Any) -> None:
    """Two clouds entirely; two moons, which no line separates, nine of ten times."""
    Y = labels(rng, 40)
    clouds = rng.standard_normal((2, 40)) + 4 * Y
    _, (moons, moon_labels), *_ = load_extra_datasets()
    for X, expected, least in ((clouds, Y, 0.99), (moons.T, moon_labels.reshape(1, -1), 0.9)):
        predictions = reference.predict(reference.nn_model(X, expected, 5, 1000), X)
        share = np.mean(predictions == expected)
        assert share >= least, f"{share:.2f} of the predictions are right"


SIGNED_OFF = {
    "backward_propagation": {
        "`axis=1` is missing": "There is one output unit, as the templates of all editions assert.",
        "`*` instead of `@` in `parameters['W2'].T @ dZ2`": "The same for one output unit.",
    },
    "nn_model": {
        "`cost = compute_cost(A2, Y)` is missing": "The cost is printed, and nothing else.",
        "`compute_cost(Y, A2)` instead of `compute_cost(A2, Y)`": "The cost is printed, and nothing else.",
        "`X` instead of `Y`": "The cost is printed, and nothing else.",
    },
    "predict": {
        "`A2 >= 0.5` instead of `A2 > 0.5`": "A probability of exactly one half may be called either.",
    },
}
