"""The inputs on which the models of the exercise with deep networks for pictures are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from dnn_app_utils import initialize_parameters, initialize_parameters_deep, load_data

from grader.testcase import Edition, check, exercise

NOTEBOOK = "Deep_Neural_Network_Application.ipynb"

# Notebooks of older editions import the same module under the name with a version.
ALIASES = {"dnn_app_utils": tuple(f"dnn_app_utils_v{version}" for version in (1, 2, 3, 4))}

Array = np.ndarray
Call = dict[str, Any]

# Units of each layer, the input first; examples and rounds. Sizes differ, so that no transposed array fits by
# accident; rounds have one, two or three costs to keep.
TWO_LAYERS = (
    ((4, 3, 1), 6, 120),
    ((3, 5, 1), 4, 3),
    ((6, 2, 1), 5, 201),
    ((2, 4, 1), 7, 30),
    ((5, 1, 1), 3, 1),
)
L_LAYERS = (
    ((4, 3, 2, 1), 6, 120),
    ((3, 1), 4, 3),
    ((5, 4, 1), 3, 201),
    ((2, 6, 5, 3, 1), 7, 30),
    ((6, 3, 5, 4, 2, 1), 8, 2),
)

# The numbers of the course's own tests, whose answers are published.
DRAWN = np.random.RandomState(1)
X = DRAWN.randn(10, 10)
NOT_QUITE_LABELS = DRAWN.randn(1, 10)
LABELS = np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])


def published(Y: Array, sizes: tuple[int, ...], *rates_and_rounds: tuple[float, int]) -> list[Call]:
    """Return the calls of the course's tests."""
    return [
        {
            "X": X,
            "Y": Y,
            "layers_dims": sizes,
            "learning_rate": rate,
            "num_iterations": rounds,
            "print_cost": False,
        }
        for rate, rounds in rates_and_rounds
    ]


def clouds(rng: np.random.Generator, n: int, m: int) -> tuple[Array, Array]:
    """Return X (n, m) and Y (1, m) of two classes, whose middles are away from each other and from 0."""
    Y = rng.permutation((np.arange(m) + rng.integers(2)) % 2).reshape(1, m)
    middle = rng.choice([-1, 1], (n, 1)) * rng.uniform(0.5, 1.5, (n, 1))
    return rng.standard_normal((n, m)) + middle * (Y - 0.3), Y


def training(
    rng: np.random.Generator, networks: Any, slowest: float, fastest: float, sequence: Callable[..., Any]
) -> Iterator[Call]:
    """Yield a call for each network, with learning rates that the default one is not among."""
    for sizes, m, rounds in networks:
        X, Y = clouds(rng, sizes[0], m)
        yield {
            "X": X,
            "Y": Y,
            "layers_dims": sequence(sizes),
            "learning_rate": rng.uniform(slowest, fastest),
            "num_iterations": rounds,
            "print_cost": False,
        }


EDITION_2017 = Edition(
    # The template of that edition prints the costs so, and plots them in the models themselves.
    marked_by=r"after iteration %i: %f",
    expects=lambda answer: answer[0],
)


@exercise(
    grade_id="cell-46e7e26fe75ece95",
    points=50,
    published=published(NOT_QUITE_LABELS, (10, 4, 1), (0.0075, 2), (0.1, 3)),
    allow="array_for_number",
    editions=[EDITION_2017],
)
def two_layer_model(rng: np.random.Generator) -> Iterator[Call]:
    """All sizes; the weights start so near 0 that little happens at lower rates."""
    yield from training(rng, TWO_LAYERS, 0.3, 1.2, tuple)


@exercise(
    grade_id="cell-dd8ea98cb7dac175",
    points=50,
    published=published(LABELS, (10, 5, 6, 1), (0.0075, 2), (0.02, 3)),
    allow="array_for_number",
    editions=[EDITION_2017],
)
def L_layer_model(rng: np.random.Generator) -> Iterator[Call]:
    """Networks of one to five layers."""
    yield from training(rng, L_LAYERS, 0.03, 0.2, list)


# Checks of the reference by what it does not say itself: differences of the cost of the whole net, which is
# written down here once more, what has to stay the same, and how well the nets learn.

STEP = 1e-6
# Layers are so wide that no example silences a whole one: the next Z would be 0, where ReLU has its corner.
NETS = (("two_layer_model", (5, 8, 1)), ("L_layer_model", (4, 1)), ("L_layer_model", (3, 12, 10, 6, 1)))


def probabilities(parameters: dict[str, Array], X: Array) -> Array:
    """Return what a net puts out, (1, m)."""
    A, L = X, len(parameters) // 2
    for layer in range(1, L + 1):
        Z = np.einsum("ij,jk->ik", parameters[f"W{layer}"], A) + parameters[f"b{layer}"]
        A = np.where(Z > 0, Z, 0) if layer < L else 1 / (1 + np.exp(-Z))
    return A


def cost_of(parameters: dict[str, Array], X: Array, Y: Array) -> float:
    """Return the mean of minus the logarithm of the probability of each label."""
    A = probabilities(parameters, X)
    return float(np.mean(-np.log(np.where(Y == 1, A, 1 - A))))


def slopes(parameters: dict[str, Array], X: Array, Y: Array) -> dict[str, Array]:
    """Return the gradient of the cost by central differences, by parameter."""
    gradients = {}
    for name, value in parameters.items():
        gradients[name] = np.empty_like(value)
        for i in np.ndindex(value.shape):
            moved = [{**parameters, name: value.copy()} for _ in range(2)]
            moved[0][name][i] += STEP
            moved[1][name][i] -= STEP
            above, below = (cost_of(each, X, Y) for each in moved)
            gradients[name][i] = (above - below) / (2 * STEP)
    return gradients


def start(name: str, sizes: tuple[int, ...]) -> dict[str, Array]:
    """Return the parameters that a model begins with."""
    return initialize_parameters(*sizes) if name == "two_layer_model" else initialize_parameters_deep(sizes)


@check
def each_step_goes_down_the_gradient(rng: np.random.Generator, reference: Any) -> None:
    """Of each parameter of the whole net, in the first round and in later ones."""
    rate = 0.3
    for name, sizes in NETS:
        X, Y = clouds(rng, sizes[0], 7)
        before = start(name, sizes)
        for rounds in range(1, 5):
            after, _ = getattr(reference, name)(X, Y, sizes, rate, rounds)
            for key, slope in slopes(before, X, Y).items():
                taken = (before[key] - after[key]) / rate
                np.testing.assert_allclose(taken, slope, atol=1e-7, err_msg=f"{name}, {key}")
            before = after


@check
def the_costs_are_those_before_every_hundredth_step(rng: np.random.Generator, reference: Any) -> None:
    """The first one is that of the net as it starts."""
    for name, sizes in NETS:
        X, Y = clouds(rng, sizes[0], 6)
        model = getattr(reference, name)
        _, costs = model(X, Y, sizes, 0.1, 201)
        met = [start(name, sizes), *(model(X, Y, sizes, 0.1, rounds)[0] for rounds in (100, 200))]
        np.testing.assert_allclose(costs, [cost_of(parameters, X, Y) for parameters in met], err_msg=name)


@check
def examples_may_stand_in_any_order(rng: np.random.Generator, reference: Any) -> None:
    """And a net learns the same from examples that are all there twice."""
    for name, sizes in NETS:
        X, Y = clouds(rng, sizes[0], 7)
        model = getattr(reference, name)
        parameters, costs = model(X, Y, sizes, 0.2, 150)
        for order in (rng.permutation(7), np.repeat(np.arange(7), 2)):
            same, same_costs = model(X[:, order], Y[:, order], sizes, 0.2, 150)
            np.testing.assert_allclose(same_costs, costs, err_msg=name)
            for key, value in parameters.items():
                np.testing.assert_allclose(same[key], value, atol=1e-12, err_msg=f"{name}, {key}")


@check
def nets_learn_to_tell_cats(rng: np.random.Generator, reference: Any) -> None:
    """Nearly all pictures that they learn from, and two thirds of new ones; one pixel of 64 will do."""
    X, Y, X_test, Y_test, _ = load_data()
    X, X_test = (x[:, ::8, ::8].reshape(len(x), -1).T / 255 for x in (X, X_test))
    order = rng.permutation(X.shape[1])
    for name, hidden, rate in (("two_layer_model", (7,), 0.2), ("L_layer_model", (20, 7, 5), 0.07)):
        model = getattr(reference, name)
        parameters, costs = model(X[:, order], Y[:, order], (len(X), *hidden, 1), rate, 1000)
        learned, new = (
            np.mean((probabilities(parameters, x) > 0.5) == y) for x, y in ((X, Y), (X_test, Y_test))
        )
        assert learned > 0.95, f"{name}: {learned:.2f} of the training pictures"
        assert 0.65 < new < 0.9, f"{name}: {new:.2f} of the test pictures"
        assert costs[-1] < 0.2 < 0.6 < costs[0] < 1, f"{name}: costs {costs}"
        assert all(later < earlier for earlier, later in pairwise(costs[::5])), f"{name}: the cost grows"
