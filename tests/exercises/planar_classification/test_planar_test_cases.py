"""The test cases of the exercise on points of the plane have every size that a mistake may hide in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.testcase.declarations import Declaration

POINTS = {
    "layer_sizes": 5,
    "initialize_parameters": 10,
    "forward_propagation": 15,
    "compute_cost": 10,
    "backward_propagation": 20,
    "update_parameters": 10,
    "nn_model": 20,
    "predict": 10,
}
SEEDS = pytest.mark.parametrize("seed", range(5))

Call = Mapping[str, Any]
Generate = Callable[..., list[Call]]


def test_the_test_cases_are_declared_in_the_order_of_the_exercise(
    declarations: dict[str, Declaration],
) -> None:
    assert {name: declared.points for name, declared in declarations.items()} == POINTS
    assert list(declarations) == list(POINTS)
    assert sum(POINTS.values()) == 100


def numbers(value: Any) -> list[float]:
    """Every number in a nested value, in order."""
    match value:
        case dict():
            return numbers(list(value.values()))
        case list() | tuple():
            return [number for item in value for number in numbers(item)]
        case _:
            return np.ravel(value).tolist()


@pytest.mark.parametrize("name", POINTS)
def test_a_generator_repeats_itself_for_a_seed_and_not_for_another(generate: Generate, name: str) -> None:
    assert numbers(generate(name, 1)) == numbers(generate(name, 1))
    assert numbers(generate(name, 1)) != numbers(generate(name, 2))


@pytest.mark.parametrize("name", ["forward_propagation", "backward_propagation"])
def test_networks_have_different_sizes_and_each_of_them_is_1_once(generate: Generate, name: str) -> None:
    sizes = [(*call["parameters"]["W1"].T.shape, call["X"].shape[1]) for call in generate(name)]
    assert all(len({*one}) == 3 for one in sizes)
    assert [sum(size == 1 for size in column) for column in zip(*sizes, strict=True)] == [1, 1, 1]


@SEEDS
def test_costs_are_of_both_classes_in_either_shape_of_labels(generate: Generate, seed: int) -> None:
    calls = generate("compute_cost", seed)
    assert {*numbers([call["Y"] for call in calls])} == {0, 1}
    assert len({call["Y"].shape for call in calls}) == len(calls)


@SEEDS
def test_the_cache_of_a_backward_pass_is_that_of_its_forward_pass(
    generate: Generate, reference: SimpleNamespace, seed: int
) -> None:
    for call in generate("backward_propagation", seed):
        np.testing.assert_equal(
            call["cache"], reference.forward_propagation(call["X"], call["parameters"])[1]
        )
        assert 0.01 < call["cache"]["A2"].min() <= call["cache"]["A2"].max() < 0.99


@SEEDS
def test_points_to_predict_are_of_both_classes_and_none_is_in_between(
    generate: Generate, reference: SimpleNamespace, seed: int
) -> None:
    for call in generate("predict", seed):
        A2, _ = reference.forward_propagation(call["X"], call["parameters"])
        assert A2.min() < 0.5 < A2.max()
        assert np.abs(A2 - 0.5).min() > 1e-5


@SEEDS
def test_trainings_are_short_and_of_several_lengths(generate: Generate, seed: int) -> None:
    rounds = [call["num_iterations"] for call in generate("nn_model", seed)]
    assert len({*rounds}) == len(rounds)
    assert min(rounds) == 1
    assert max(rounds) <= 60
    assert 4 in [call["n_h"] for call in generate("nn_model", seed)]


def test_the_edition_of_2017_starts_with_other_weights_and_asks_for_the_parameters_of_the_cost(
    generate: Generate, reference: SimpleNamespace, earlier: SimpleNamespace
) -> None:
    for call in generate("compute_cost"):
        now = reference.compute_cost(call["A2"], call["Y"])
        assert earlier.compute_cost(call["A2"], call["Y"], call["parameters"]) == now
    for call in generate("nn_model"):
        assert (earlier.nn_model(**call)["W1"] != reference.nn_model(**call)["W1"]).any()
