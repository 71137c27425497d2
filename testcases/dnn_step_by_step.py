"""The inputs on which each graded function of "Building your Deep Neural Network: Step by Step" is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, pairwise
from typing import Any

import numpy as np
from testCases import (
    L_model_backward_test_case,
    L_model_forward_test_case,
    L_model_forward_test_case_2hidden,
    compute_cost_test_case,
    linear_activation_backward_test_case,
    linear_activation_forward_test_case,
    linear_backward_test_case,
    linear_forward_test_case,
    update_parameters_test_case,
)

from grader.testcase import Edition, check, exercise

NOTEBOOK = "Building_your_Deep_Neural_Network_Step_by_Step.ipynb"

# Notebooks of older editions import the same module under the name with a version, and those of the next
# exercise under another name.
VERSIONS = ("", "_v1", "_v2", "_v3", "_v4", "_v5")
ALIASES = {
    "dnn_utils": (
        *(f"dnn_utils{version}" for version in VERSIONS[1:]),
        *(f"dnn_app_utils{version}" for version in VERSIONS),
    ),
    "testCases": (*(f"testCases{version}" for version in VERSIONS[1:]), "testCases_v4a"),
}

Array = np.ndarray
Call = dict[str, Any]

# (n_prev, n, m) of single layers. All three differ, so that no transposed array fits by accident; one
# example, one unit and one input are each there once.
LAYERS = ((4, 3, 5), (2, 6, 7), (5, 4, 1), (3, 1, 6), (1, 7, 2))

# Units of each layer, the input first, and m. The depths differ, because a constant that is right for one
# depth is wrong for another. There is one output unit: for more, right formulas of the cost disagree.
NETWORKS = (
    ((3, 5, 4, 2, 1), 6),
    ((4, 1), 3),
    ((5, 3, 1), 1),
    ((2, 6, 5, 1), 4),
    ((6, 1, 4, 1), 2),
)


def call(names: str, values: tuple[Any, ...], **more: Any) -> Call:
    """Return the keyword arguments that `names`, separated by blanks, give to `values`, and `more`."""
    return dict(zip(names.split(), values, strict=True), **more)


def quarters(rng: np.random.Generator, *shape: int) -> Array:
    """Return multiples of 1/4 between -1 and 1, none of them 0: their sums and products are exact."""
    return rng.choice([-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1], shape)


def layer_at_the_edge(rng: np.random.Generator, n_prev: int, n: int, m: int) -> tuple[Array, Array, Array]:
    """Return A (n_prev, m), W (n, n_prev), b (n, 1) for which Z = W A + b has a Z[0, 0] of exactly 0.

    It is 0 in whatever order the sum is computed. There the derivative of ReLU jumps.
    """
    A, W, b = quarters(rng, n_prev, m), quarters(rng, n, n_prev), quarters(rng, n, 1)
    b[0] = -W[0] @ A[:, 0]
    return A, W, b


def random_parameters(rng: np.random.Generator, sizes: tuple[int, ...]) -> dict[str, Array]:
    """Return W1, b1, ... of a network whose layers have `sizes` units, the input first.

    Weights of layer l have the standard deviation n[l-1]**-0.5, which keeps the output away from 0 and 1.
    Biases are positive, so that few units are silent for every example.
    """
    parameters = {}
    for layer, (n_prev, n) in enumerate(pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.standard_normal((n, n_prev)) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = rng.uniform(0.2, 1, (n, 1))
    return parameters


def networks(rng: np.random.Generator) -> Iterator[tuple[Array, dict[str, Array]]]:
    """Yield X (n_x, m) and parameters of each of `NETWORKS`; the first layer is at the edge of ReLU."""
    for sizes, m in NETWORKS:
        parameters = random_parameters(rng, sizes)
        X, parameters["W1"], parameters["b1"] = layer_at_the_edge(rng, sizes[0], sizes[1], m)
        yield X, parameters


def labels(rng: np.random.Generator, m: int) -> Array:
    """Return labels (1, m) of 0 and 1, as many of the one as of the other if m is even."""
    return rng.permutation((np.arange(m) + rng.integers(2)) % 2).reshape(1, m)


@exercise(grade_id="cell-96d4e144d9419b32", points=10, published=[{"n_x": 3, "n_h": 2, "n_y": 1}])
def initialize_parameters(rng: np.random.Generator) -> Iterator[Call]:
    """Three different sizes, and each of them 1 once."""
    sizes = rng.permutation(np.arange(2, 8)).tolist()
    for n_x, n_h, n_y in (sizes[:3], sizes[3:], (1, *sizes[:2]), (sizes[2], 1, sizes[3]), (*sizes[4:], 1)):
        yield {"n_x": n_x, "n_h": n_h, "n_y": n_y}


@exercise(grade_id="cell-37b22e0664a4949e", points=10, published=[{"layer_dims": [5, 4, 3]}])
def initialize_parameters_deep(rng: np.random.Generator) -> Iterator[Call]:
    """Four layers, one, two, three with a single unit, and five."""
    for depth in (4, 1, 2):
        yield {"layer_dims": rng.permutation(np.arange(2, 8))[: depth + 1].tolist()}
    for sizes in ([4, 1, 6, 2], [1, 3, 2, 5, 7, 4]):
        yield {"layer_dims": rng.permutation(sizes).tolist()}


@exercise(
    grade_id="cell-4d6e09486a53f4c4",
    points=10,
    published=[call("A W b", linear_forward_test_case())],
)
def linear_forward(rng: np.random.Generator) -> Iterator[Call]:
    """Layers of every shape."""
    for n_prev, n, m in LAYERS:
        yield {
            "A": rng.standard_normal((n_prev, m)),
            "W": rng.standard_normal((n, n_prev)),
            "b": rng.standard_normal((n, 1)),
        }


@exercise(
    grade_id="cell-eb48903dd8e48a90",
    points=10,
    published=[
        call("A_prev W b", linear_activation_forward_test_case(), activation=activation)
        for activation in ("sigmoid", "relu")
    ],
)
def linear_activation_forward(rng: np.random.Generator) -> Iterator[Call]:
    """Layers of every shape at the edge of ReLU, with either activation in turn."""
    for (n_prev, n, m), activation in zip(LAYERS, cycle(("relu", "sigmoid")), strict=False):
        yield call("A_prev W b", layer_at_the_edge(rng, n_prev, n, m), activation=activation)


@exercise(
    grade_id="cell-9a8ec52ec8f6e04a",
    points=10,
    published=[
        call("X parameters", L_model_forward_test_case_2hidden()),
        call("X parameters", L_model_forward_test_case()),
    ],
)
def L_model_forward(rng: np.random.Generator) -> Iterator[Call]:
    """Networks of every depth."""
    for network in networks(rng):
        yield call("X parameters", network)


@exercise(
    grade_id="cell-abad606772066f14",
    points=10,
    published=[call("Y AL", compute_cost_test_case())],
)
def compute_cost(rng: np.random.Generator) -> Iterator[Call]:
    """Predictions well between 0 and 1, for several numbers of examples."""
    for m in (5, 2, 1, 7, 4):
        yield {"AL": rng.uniform(0.1, 0.9, (1, m)), "Y": labels(rng, m)}


@exercise(
    grade_id="cell-418e156a9203fe72",
    points=10,
    published=[call("dZ cache", linear_backward_test_case())],
)
def linear_backward(rng: np.random.Generator) -> Iterator[Call]:
    """Layers of every shape."""
    for n_prev, n, m in LAYERS:
        A_prev, W, b = (rng.standard_normal(shape) for shape in ((n_prev, m), (n, n_prev), (n, 1)))
        yield {"dZ": rng.standard_normal((n, m)), "cache": (A_prev, W, b)}


@exercise(
    grade_id="cell-6c59263d69168c17",
    points=10,
    published=[
        call("dA cache", linear_activation_backward_test_case(), activation=activation)
        for activation in ("sigmoid", "relu")
    ],
)
def linear_activation_backward(rng: np.random.Generator) -> Iterator[Call]:
    """Layers of every shape at the edge of ReLU, with either activation in turn."""
    for (n_prev, n, m), activation in zip(LAYERS, cycle(("relu", "sigmoid")), strict=False):
        A_prev, W, b = layer_at_the_edge(rng, n_prev, n, m)
        cache = ((A_prev, W, b), W @ A_prev + b)
        yield {"dA": rng.standard_normal((n, m)), "cache": cache, "activation": activation}


def dA_counted_from_1(grads: dict[str, Array]) -> dict[str, Array]:
    """Return the gradients as templates up to v5 ask for them: what is dA0 now is dA1 there, and so on."""
    return {f"dA{int(key[2:]) + 1}" if key.startswith("dA") else key: value for key, value in grads.items()}


@exercise(
    grade_id="cell-9eec96b6d83ff809",
    points=10,
    published=[call("AL Y caches", L_model_backward_test_case())],
    editions=[
        Edition(
            marked_by=r'grads\["dAL"\]',  # in the template's line of the last layer; later ones have dAL-1
            ruled_out_by=r'\bpublic_tests\b|grads\["dAL-1"\]',
            expects=dA_counted_from_1,
        )
    ],
)
def L_model_backward(rng: np.random.Generator, reference: Any) -> Iterator[Call]:
    """Networks of every depth after the reference's forward pass, caches in a list or a tuple in turn."""
    for (X, parameters), sequence in zip(networks(rng), cycle((list, tuple)), strict=False):
        AL, caches = reference.L_model_forward(X, parameters)
        yield {"AL": AL, "Y": labels(rng, AL.shape[1]), "caches": sequence(caches)}


@exercise(
    grade_id="cell-3cb535f16aba3339",
    points=10,
    published=[call("params grads", update_parameters_test_case(), learning_rate=0.1)],
)
def update_parameters(rng: np.random.Generator) -> Iterator[Call]:
    """Networks of every depth, with the gradients of the activations among the others, as in training."""
    for sizes, m in NETWORKS:
        params = random_parameters(rng, sizes)
        grads = {f"d{name}": rng.standard_normal(value.shape) for name, value in params.items()}
        grads |= {f"dA{layer}": rng.standard_normal((n, m)) for layer, n in enumerate(sizes[:-1])}
        yield {"params": params, "grads": grads, "learning_rate": rng.uniform(0.02, 0.6)}


# Checks of the reference by what it does not say itself: differences of the cost, and what has to stay the
# same, or to add up, when the inputs change.

SMOOTH = ((4, 1), (3, 5, 4, 1), (2, 6, 3, 4, 1))
"""Units of networks of one, three and four layers."""

STEP = 1e-6


def random_batch(
    rng: np.random.Generator, sizes: tuple[int, ...], m: int
) -> tuple[Array, Array, dict[str, Array]]:
    """Return X (n_x, m), Y (1, m) and parameters of a network, whose Z keep away from the edge of ReLU."""
    return rng.standard_normal((sizes[0], m)), labels(rng, m), random_parameters(rng, sizes)


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
    AL, _ = reference.L_model_forward(X, parameters)
    return float(reference.compute_cost(AL, Y))


def gradients(reference: Any, X: Array, Y: Array, parameters: dict[str, Array]) -> dict[str, Array]:
    """Return the gradients of the cost of a network, after its forward pass."""
    AL, caches = reference.L_model_forward(X, parameters)
    return dict(reference.L_model_backward(AL, Y, caches))


@check
def gradients_agree_with_finite_differences(rng: np.random.Generator, reference: Any) -> None:
    """Each parameter of a whole network moves a little up and a little down, and so does each input."""
    for sizes in SMOOTH:
        X, Y, parameters = random_batch(rng, sizes, 6)
        cost = partial(cost_of, reference, X, Y, parameters)
        grads = gradients(reference, X, Y, parameters)
        for name, value in parameters.items():
            np.testing.assert_allclose(grads[f"d{name}"], slopes(cost, value), atol=1e-7, err_msg=f"d{name}")
        # dA is the gradient of the sum over the examples, dW and db are those of the mean.
        np.testing.assert_allclose(grads["dA0"], 6 * slopes(cost, X), atol=1e-7, err_msg="dA0")


@check
def examples_may_stand_in_any_order(rng: np.random.Generator, reference: Any) -> None:
    """Columns move with their examples, in AL, every Z and every dA; the cost, dW and db stay."""
    for sizes in SMOOTH:
        X, Y, parameters = random_batch(rng, sizes, 7)
        order = rng.permutation(7)
        AL, caches = reference.L_model_forward(X, parameters)
        AL_moved, caches_moved = reference.L_model_forward(X[:, order], parameters)
        np.testing.assert_allclose(AL_moved, AL[:, order], err_msg="AL")
        for (_, Z), (_, Z_moved) in zip(caches, caches_moved, strict=True):
            np.testing.assert_allclose(Z_moved, Z[:, order], err_msg="Z")
        np.testing.assert_allclose(
            reference.compute_cost(AL_moved, Y[:, order]), reference.compute_cost(AL, Y), err_msg="cost"
        )
        moved = gradients(reference, X[:, order], Y[:, order], parameters)
        for name, value in gradients(reference, X, Y, parameters).items():
            expected = value[:, order] if name.startswith("dA") else value
            np.testing.assert_allclose(moved[name], expected, atol=1e-12, err_msg=name)


@check
def a_batch_has_the_mean_gradients_of_its_parts(rng: np.random.Generator, reference: Any) -> None:
    """Three examples and four of them weigh 3/7 and 4/7."""
    for sizes in SMOOTH:
        X, Y, parameters = random_batch(rng, sizes, 7)
        first, rest = (
            gradients(reference, X[:, part], Y[:, part], parameters) for part in (slice(3), slice(3, 7))
        )
        whole = gradients(reference, X, Y, parameters)
        for name in (f"d{parameter}" for parameter in parameters):
            mean = (3 * first[name] + 4 * rest[name]) / 7
            np.testing.assert_allclose(whole[name], mean, atol=1e-12, err_msg=name)


@check
def the_linear_part_is_affine(rng: np.random.Generator, reference: Any) -> None:
    """In A, along a line through two points; in W and b, where sums and multiples carry over."""

    def Z(*layer: Array) -> Array:
        return np.asarray(reference.linear_forward(*layer)[0])

    for n_prev, n, m in LAYERS:
        shapes = ((n_prev, m), (n, n_prev), (n, 1))
        (A, W, b), (A2, W2, b2) = ([rng.standard_normal(shape) for shape in shapes] for _ in range(2))
        t = rng.uniform(-2, 2)
        line = (1 - t) * Z(A, W, b) + t * Z(A2, W, b)
        np.testing.assert_allclose(Z((1 - t) * A + t * A2, W, b), line, atol=1e-12, err_msg="A")
        total = Z(A, W, b) + t * Z(A, W2, b2)
        np.testing.assert_allclose(Z(A, W + t * W2, b + t * b2), total, atol=1e-12, err_msg="W and b")


@check
def steps_add_up(rng: np.random.Generator, reference: Any) -> None:
    """A step of length 0 changes nothing; two half steps with the same gradients are one."""
    for sizes in SMOOTH:
        params = random_parameters(rng, sizes)
        grads = {f"d{name}": rng.standard_normal(value.shape) for name, value in params.items()}
        rate = rng.uniform(0.1, 1)
        still = reference.update_parameters(params, grads, 0.0)
        half = reference.update_parameters(params, grads, rate / 2)
        twice = reference.update_parameters(half, grads, rate / 2)
        once = reference.update_parameters(params, grads, rate)
        for name, value in params.items():
            np.testing.assert_array_equal(still[name], value, err_msg=name)
            np.testing.assert_allclose(twice[name], once[name], atol=1e-12, err_msg=name)
            assert np.any(once[name] != value), f"{name} stays as it is"
