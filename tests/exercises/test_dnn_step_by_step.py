"""The first exercise is right: it gives the published numbers, and its gradients are those of differences."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

Array = np.ndarray


def near(expected: Any) -> Any:
    """Equal to the eight decimals in which the exercise's numbers are published."""
    return pytest.approx(np.array(expected), abs=1e-8)


def shapes(value: Any) -> Any:
    """The shapes of all arrays of a nested value, in the same nesting."""
    match value:
        case dict():
            return {name: shapes(item) for name, item in value.items()}
        case list() | tuple():
            return tuple(shapes(item) for item in value)
        case _:
            return np.shape(value)


def slope(f: Callable[[], float], x: Array, step: float = 1e-6) -> Array:
    """The gradient of `f` with respect to each element of `x`, which f reads, by central differences."""
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + step
        above = f()
        x[index] = kept - step
        gradient[index] = (above - f()) / (2 * step)
        x[index] = kept
    return gradient


def random_layer(rng: np.random.Generator) -> tuple[Array, Array, Array, Array]:
    """A (4, 5), W (3, 4), b (3, 1), and a weight (3, 5) of each element of what the layer puts out."""
    A, W, b, weight = (rng.standard_normal(shape) for shape in ((4, 5), (3, 4), (3, 1), (3, 5)))
    return A, W, b, weight


def random_network(rng: np.random.Generator, sizes: list[int]) -> tuple[Array, Array, dict[str, Array]]:
    """X (n_x, 6), Y (1, 6) and parameters of a network whose layers have `sizes` units."""
    parameters = {}
    for i in range(1, len(sizes)):
        parameters[f"W{i}"] = rng.standard_normal((sizes[i], sizes[i - 1])) * 0.7
        parameters[f"b{i}"] = rng.standard_normal((sizes[i], 1))
    return rng.standard_normal((sizes[0], 6)), np.array([[0, 1, 1, 0, 1, 0]]), parameters


# The published numbers


def test_two_layers_start_with_the_published_weights(reference: SimpleNamespace) -> None:
    parameters = reference.initialize_parameters(3, 2, 1)
    first = [[0.01624345, -0.00611756, -0.00528172], [-0.01072969, 0.00865408, -0.02301539]]
    assert parameters["W1"] == near(first)
    assert parameters["W2"] == near([[0.01744812, -0.00761207]])
    assert shapes(parameters) == {"W1": (2, 3), "b1": (2, 1), "W2": (1, 2), "b2": (1, 1)}


def test_many_layers_start_with_the_published_weights(reference: SimpleNamespace) -> None:
    parameters = reference.initialize_parameters_deep([5, 4, 3])
    assert parameters["W1"][0] == near([0.01788628, 0.0043651, 0.00096497, -0.01863493, -0.00277388])
    assert shapes(parameters) == {"W1": (4, 5), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1)}


def test_linear_forward_gives_the_published_z(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    Z, _ = reference.linear_forward(*fixtures.linear_forward_test_case())
    assert near([[3.26295337, -1.23429987]]) == Z


@pytest.mark.parametrize(
    ("activation", "expected"),
    [
        pytest.param("sigmoid", [[0.96890023, 0.11013289]], id="sigmoid"),
        pytest.param("relu", [[3.43896131, 0]], id="relu"),
    ],
)
def test_a_layer_gives_the_published_activations(
    reference: SimpleNamespace, fixtures: ModuleType, activation: str, expected: list[list[float]]
) -> None:
    A, _ = reference.linear_activation_forward(*fixtures.linear_activation_forward_test_case(), activation)
    assert near(expected) == A


def test_the_network_gives_the_published_predictions(
    reference: SimpleNamespace, fixtures: ModuleType
) -> None:
    AL, caches = reference.L_model_forward(*fixtures.L_model_forward_test_case_2hidden())
    assert near([[0.03921668, 0.70498921, 0.19734387, 0.04728177]]) == AL
    assert len(caches) == 3


@pytest.mark.parametrize(
    ("Y", "expected"),
    [
        pytest.param([[1, 1, 0]], 0.2797765635793422, id="current edition"),
        pytest.param([[1, 1, 1]], 0.41493159961539694, id="older editions"),
    ],
)
def test_the_cost_is_the_published_one(
    reference: SimpleNamespace, fixtures: ModuleType, Y: list[list[int]], expected: float
) -> None:
    _, AL = fixtures.compute_cost_test_case()
    assert reference.compute_cost(AL, np.array(Y)) == pytest.approx(expected, rel=1e-14)


def test_linear_backward_gives_the_published_db(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    _, _, db = reference.linear_backward(*fixtures.linear_backward_test_case())
    assert db == near([[-0.14713786], [-0.11313155], [-0.13209101]])


def test_linear_backward_gives_the_db_of_older_editions(reference: SimpleNamespace) -> None:
    draw = np.random.RandomState(1).randn
    dZ, A_prev, W, b = draw(1, 2), draw(3, 2), draw(1, 3), draw(1, 1)
    _, _, db = reference.linear_backward(dZ, (A_prev, W, b))
    assert db == near([[0.50629448]])


@pytest.mark.parametrize(
    ("activation", "expected"),
    [pytest.param("sigmoid", -0.05729622, id="sigmoid"), pytest.param("relu", -0.20837892, id="relu")],
)
def test_a_layer_gives_the_published_db(
    reference: SimpleNamespace, fixtures: ModuleType, activation: str, expected: float
) -> None:
    case = fixtures.linear_activation_backward_test_case()
    _, _, db = reference.linear_activation_backward(*case, activation)
    assert db == near([[expected]])


def test_the_network_gives_the_published_gradients(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    grads = reference.L_model_backward(*fixtures.L_model_backward_test_case())
    assert grads["dW1"][0] == near([0.41010002, 0.07807203, 0.13798444, 0.10502167])
    assert grads["db1"] == near([[-0.22007063], [0], [-0.02835349]])
    assert grads["dW2"] == near([[-0.39202432, -0.13325855, -0.04601089]])
    assert grads["db2"] == near([[0.15187861]])
    assert grads["dA1"][0] == near([0.12913162, -0.44014127])
    assert grads.keys() == {"dA0", "dA1", "dW1", "dW2", "db1", "db2"}


def test_the_update_gives_the_published_parameters(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    parameters = reference.update_parameters(*fixtures.update_parameters_test_case(), 0.1)
    assert parameters["W1"][0] == near([-0.59562069, -0.09991781, -2.14584584, 1.82662008])
    assert parameters["b2"] == near([[-0.84610769]])


def test_the_update_leaves_the_callers_parameters_alone(
    reference: SimpleNamespace, fixtures: ModuleType
) -> None:
    params, grads = fixtures.update_parameters_test_case()
    before, _ = fixtures.update_parameters_test_case()
    reference.update_parameters(params, grads, 0.1)
    np.testing.assert_equal(params, before)


# The gradients, against differences. dA and dZ are of the sum over the examples, dW and db of the mean.


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_linear_backward_agrees_with_finite_differences(reference: SimpleNamespace, seed: int) -> None:
    A, W, b, weight = random_layer(np.random.default_rng(seed))

    def total() -> float:
        return float(np.sum(weight * reference.linear_forward(A, W, b)[0]))

    dA_prev, dW, db = reference.linear_backward(weight, (A, W, b))
    np.testing.assert_allclose(dA_prev, slope(total, A), atol=1e-7)
    np.testing.assert_allclose(dW, slope(total, W) / 5, atol=1e-7)
    np.testing.assert_allclose(db, slope(total, b) / 5, atol=1e-7)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_layers_gradients_agree_with_finite_differences(
    reference: SimpleNamespace, activation: str, seed: int
) -> None:
    A, W, b, weight = random_layer(np.random.default_rng(seed))

    def total() -> float:
        return float(np.sum(weight * reference.linear_activation_forward(A, W, b, activation)[0]))

    _, cache = reference.linear_activation_forward(A, W, b, activation)
    dA_prev, dW, db = reference.linear_activation_backward(weight, cache, activation)
    np.testing.assert_allclose(dA_prev, slope(total, A), atol=1e-7)
    np.testing.assert_allclose(dW, slope(total, W) / 5, atol=1e-7)
    np.testing.assert_allclose(db, slope(total, b) / 5, atol=1e-7)


@pytest.mark.parametrize(
    "sizes",
    [
        pytest.param([4, 1], id="one layer"),
        pytest.param([4, 3, 1], id="two layers"),
        pytest.param([3, 5, 4, 2, 1], id="four layers"),
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_networks_gradients_agree_with_finite_differences(
    reference: SimpleNamespace, sizes: list[int], seed: int
) -> None:
    X, Y, parameters = random_network(np.random.default_rng(seed), sizes)

    def cost() -> float:
        return float(reference.compute_cost(reference.L_model_forward(X, parameters)[0], Y))

    AL, caches = reference.L_model_forward(X, parameters)
    grads = reference.L_model_backward(AL, Y, caches)
    for name, value in parameters.items():
        np.testing.assert_allclose(grads[f"d{name}"], slope(cost, value), atol=1e-7)
    np.testing.assert_allclose(grads["dA0"], slope(cost, X) * 6, atol=1e-7)


# What students receive


@pytest.mark.parametrize(
    ("fixture", "expected"),
    [
        ("linear_forward_test_case", ((3, 2), (1, 3), (1, 1))),
        ("linear_activation_forward_test_case", ((3, 2), (1, 3), (1, 1))),
        ("L_model_forward_test_case", ((4, 2), {"W1": (3, 4), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)})),
        (
            "L_model_forward_test_case_2hidden",
            ((5, 4), {"W1": (4, 5), "b1": (4, 1), "W2": (3, 4), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}),
        ),
        ("compute_cost_test_case", ((1, 3), (1, 3))),
        ("linear_backward_test_case", ((3, 4), ((5, 4), (3, 5), (3, 1)))),
        ("linear_activation_backward_test_case", ((1, 2), (((3, 2), (1, 3), (1, 1)), (1, 2)))),
        (
            "L_model_backward_test_case",
            ((1, 2), (1, 2), ((((4, 2), (3, 4), (3, 1)), (3, 2)), (((3, 2), (1, 3), (1, 1)), (1, 2)))),
        ),
        (
            "update_parameters_test_case",
            (
                {"W1": (3, 4), "b1": (3, 1), "W2": (1, 3), "b2": (1, 1)},
                {"dW1": (3, 4), "db1": (3, 1), "dW2": (1, 3), "db2": (1, 1)},
            ),
        ),
    ],
    ids=lambda value: value.removesuffix("_test_case") if isinstance(value, str) else "",
)
def test_a_fixture_has_the_published_shapes(fixtures: ModuleType, fixture: str, expected: Any) -> None:
    assert shapes(getattr(fixtures, fixture)()) == expected


def test_print_grads_prints_the_gradients_of_the_first_layer(
    fixtures: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    fixtures.print_grads({"dW1": np.array([[1.0]]), "db1": np.array([[2.0]]), "dA1": np.array([[3.0]])})
    assert capsys.readouterr().out == "dW1 = [[1.]]\ndb1 = [[2.]]\ndA1 = [[3.]]\n"


def test_relu_passes_no_gradient_at_zero_and_leaves_its_argument_alone() -> None:
    dnn_utils = importlib.import_module("dnn_utils")
    dA = np.array([[5.0, 6.0, 7.0]])
    dZ = dnn_utils.relu_backward(dA, np.array([[-1.0, 0.0, 1.0]]))
    assert dZ.tolist() == [[0, 0, 7]]
    assert dA.tolist() == [[5, 6, 7]]
