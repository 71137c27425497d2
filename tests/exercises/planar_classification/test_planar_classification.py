"""The exercise on points of the plane is right: published numbers, finite differences, accuracy reached."""

from __future__ import annotations

import importlib
import runpy
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

Array = np.ndarray


def near(expected: Any) -> Any:
    """Equal to the eight decimals in which the exercise's numbers are published."""
    return pytest.approx(np.array(expected), abs=1e-8)


@pytest.fixture(scope="module")
def fixtures(provided: None) -> ModuleType:
    """The module with the small inputs."""
    return importlib.import_module("testCases_v2")


@pytest.fixture(scope="module")
def utils(provided: None) -> ModuleType:
    """The module with the data."""
    return importlib.import_module("planar_utils")


# The published numbers


def test_the_layers_have_the_published_sizes(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    assert reference.layer_sizes(*fixtures.layer_sizes_test_case()) == (5, 4, 2)


def test_the_network_starts_with_the_published_weights(reference: SimpleNamespace) -> None:
    np.random.seed(2)
    parameters = reference.initialize_parameters(2, 4, 1)
    assert parameters["W1"] == near(
        [
            [-0.00416758, -0.00056267],
            [-0.02136196, 0.01640271],
            [-0.01793436, -0.00841747],
            [0.00502881, -0.01245288],
        ]
    )
    assert parameters["W2"] == near([[-0.01057952, -0.00909008, 0.00551454, 0.02292208]])
    assert (parameters["b1"].tolist(), parameters["b2"].tolist()) == ([[0]] * 4, [[0]])


def test_the_network_gives_the_published_means(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    A2, cache = reference.forward_propagation(*fixtures.forward_propagation_test_case())
    means = [float(np.mean(cache[name])) for name in ("Z1", "A1", "Z2", "A2")]
    assert means == near([0.262818640198, 0.091999045227, -1.30766601287, 0.212877681719])
    assert cache["A2"] is A2


def test_the_network_gives_the_means_of_2017(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    X, parameters = fixtures.forward_propagation_test_case()
    _, cache = reference.forward_propagation(
        X, {**parameters, "b1": np.zeros((4, 1)), "b2": np.zeros((1, 1))}
    )
    means = [float(np.mean(cache[name])) for name in ("Z1", "A1", "Z2", "A2")]
    assert means == near([-0.000499755777742, -0.000496963353232, 0.000438187450959, 0.500109546852])


def test_the_cost_is_the_published_one(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    assert reference.compute_cost(*fixtures.compute_cost_test_case()) == pytest.approx(0.693058761039)


def test_the_network_gives_the_published_gradients(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    grads = reference.backward_propagation(*fixtures.backward_propagation_test_case())
    assert grads["dW1"][:2] == near([[0.00301023, -0.00747267], [0.00257968, -0.00641288]])
    assert grads["db1"] == near([[0.00176201], [0.00150995], [-0.00091736], [-0.00381422]])
    assert grads["dW2"] == near([[0.00078841, 0.01765429, -0.00084166, -0.01022527]])
    assert grads["db2"] == near([[-0.16655712]])


def test_the_update_gives_the_published_parameters(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    parameters = reference.update_parameters(*fixtures.update_parameters_test_case())
    assert parameters["W1"][3] == near([0.01046864, -0.05990141])
    assert parameters["b1"] == near(
        [[-1.02420756e-06], [1.27373948e-05], [8.32996807e-07], [-3.20136836e-06]]
    )
    assert parameters["W2"] == near([[-0.01041081, -0.04463285, 0.01758031, 0.04747113]])
    assert parameters["b2"] == near([[0.00010457]])


def test_the_training_gives_the_published_parameters(
    reference: SimpleNamespace, fixtures: ModuleType
) -> None:
    parameters = reference.nn_model(*fixtures.nn_model_test_case(), 4)
    assert parameters["W1"] == near(
        [
            [0.71392202, 1.31281102],
            [-0.76411243, -1.41967065],
            [-0.75040545, -1.38857337],
            [0.56495575, 1.04857776],
        ]
    )
    assert parameters["b1"] == near([[-0.0073536], [0.01534663], [0.01262938], [0.00218135]])
    assert parameters["W2"] == near([[2.82545815, -3.3063945, -3.16116615, 1.8549574]])
    assert parameters["b2"] == near([[0.00393452]])


def test_the_training_of_2017_gives_the_parameters_of_2017(
    earlier: SimpleNamespace, fixtures: ModuleType
) -> None:
    _, _, X, Y = fixtures.backward_propagation_test_case()
    parameters = earlier.nn_model(X, Y, 4)
    assert parameters["W1"][0] == near([-0.65848169, 1.21866811])
    assert parameters["W2"] == near([[-2.45566237, -3.27042274, 2.00784958, 3.36773273]])


def test_the_predictions_are_the_published_ones(reference: SimpleNamespace, fixtures: ModuleType) -> None:
    assert reference.predict(*fixtures.predict_test_case()).tolist() == [[True, False, True]]


@pytest.mark.parametrize(
    ("edition", "costs"),
    [
        pytest.param("reference", (0.693162, 0.258625), id="current edition"),
        pytest.param("earlier", (0.693048, 0.288083), id="2017"),
    ],
)
def test_the_flower_is_learnt_as_published(
    edition: str,
    costs: tuple[float, float],
    utils: ModuleType,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    functions = request.getfixturevalue(edition)
    X, Y = utils.load_planar_dataset()
    parameters = functions.nn_model(X, Y, 4, num_iterations=10000, print_cost=True)
    assert np.mean(functions.predict(parameters, X) == Y) >= 0.9
    printed = [line.rpartition(" ")[2] for line in capsys.readouterr().out.splitlines()]
    assert (len(printed), printed[:2]) == (10, [f"{cost:.6f}" for cost in costs])


# The gradients, against differences


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_gradients_agree_with_finite_differences(reference: SimpleNamespace, seed: int) -> None:
    rng = np.random.default_rng(seed)
    X, Y = rng.standard_normal((3, 6)), np.array([[0, 1, 1, 0, 1, 0]])
    parameters = {
        name: rng.standard_normal(shape)
        for name, shape in {"W1": (5, 3), "b1": (5, 1), "W2": (1, 5), "b2": (1, 1)}.items()
    }
    _, cache = reference.forward_propagation(X, parameters)
    grads = reference.backward_propagation(parameters, cache, X, Y)

    def cost() -> float:
        return float(reference.compute_cost(reference.forward_propagation(X, parameters)[0], Y))

    for name, value in parameters.items():
        np.testing.assert_allclose(grads[f"d{name}"], slope(cost, value), atol=1e-7)


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


# What students receive


def test_the_flower_has_200_points_of_each_class(utils: ModuleType) -> None:
    X, Y = utils.load_planar_dataset()
    assert (X.shape, Y.shape, np.bincount(Y[0]).tolist()) == ((2, 400), (1, 400), [200, 200])
    assert np.hypot(*X).max() < 5


def test_there_are_four_more_datasets_with_labels_and_one_without_structure(utils: ModuleType) -> None:
    *labelled, (points, more) = utils.load_extra_datasets()
    counts = [np.bincount(labels).tolist() for _, labels in labelled]
    assert [points.shape for points, _ in labelled] == [(200, 2)] * 4
    assert counts == [[100, 100], [100, 100], [34, 34, 33, 33, 33, 33], [100, 100]]
    assert points.shape == more.shape == (200, 2)


def test_the_boundary_is_drawn_where_the_class_changes(utils: ModuleType) -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    asked = []

    def model(places: Array) -> Array:
        asked.append(places)
        return places[:, 0] > 0

    utils.plot_decision_boundary(model, *utils.load_planar_dataset())
    plt.close("all")
    [places] = asked
    assert places.shape == (90_000, 2)
    assert places[:, 0].min() < -4 < 4 < places[:, 0].max()


def test_the_module_of_2017_gives_the_parameters_with_the_cost(released: Path) -> None:
    module = runpy.run_path(str(released / "testCases.py"))  # another exercise has a module of this name
    A2, Y, parameters = module["compute_cost_test_case"]()
    assert (A2.shape, Y.shape, sorted(parameters)) == ((1, 3), (1, 3), ["W1", "W2", "b1", "b2"])
