"""The test cases of the first exercise have every size and structure that a mistake may hide in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.testcase.declarations import Declaration

GRADED = (
    "initialize_parameters",
    "initialize_parameters_deep",
    "linear_forward",
    "linear_activation_forward",
    "L_model_forward",
    "compute_cost",
    "linear_backward",
    "linear_activation_backward",
    "L_model_backward",
    "update_parameters",
)
Call = Mapping[str, Any]


def test_the_test_cases_are_declared_in_the_order_of_the_exercise(
    declarations: dict[str, Declaration],
) -> None:
    assert tuple(declarations) == GRADED
    assert sum(declaration.points for declaration in declarations.values()) == 100


@pytest.mark.parametrize("name", GRADED)
def test_the_reference_answers_every_published_call(
    declarations: dict[str, Declaration], reference: SimpleNamespace, name: str
) -> None:
    assert declarations[name].published
    for call in declarations[name].published:
        getattr(reference, name)(**call)


@pytest.mark.parametrize("name", GRADED)
def test_the_reference_gives_finite_answers_to_every_generated_call(
    generate: Callable[..., list[Call]], reference: SimpleNamespace, name: str
) -> None:
    calls = generate(name)
    assert len(calls) >= 5
    for call in calls:
        leaves: list[Any] = []
        flatten(getattr(reference, name)(**call), leaves)
        assert all(np.isfinite(leaf).all() for leaf in leaves)


def flatten(value: Any, leaves: list[Any]) -> None:
    """Append every array and number of a nested value to `leaves`; text is left out."""
    match value:
        case dict():
            flatten(list(value.values()), leaves)
        case list() | tuple():
            for item in value:
                flatten(item, leaves)
        case str():
            pass
        case _:
            leaves.append(value)


def numbers(calls: list[Call]) -> list[float]:
    """Every number in `calls`, in order."""
    leaves: list[Any] = []
    flatten([dict(call) for call in calls], leaves)
    return [number for leaf in leaves for number in np.ravel(leaf).tolist()]


@pytest.mark.parametrize("name", GRADED)
def test_a_generator_repeats_itself_for_a_seed_and_not_for_another(
    generate: Callable[..., list[Call]], name: str
) -> None:
    assert numbers(generate(name, 1)) == numbers(generate(name, 1))
    assert numbers(generate(name, 1)) != numbers(generate(name, 2))


@pytest.mark.parametrize("name", ["L_model_forward", "update_parameters"])
def test_networks_have_one_to_four_layers_and_the_public_ones_differ(
    generate: Callable[..., list[Call]], name: str
) -> None:
    key = "parameters" if name == "L_model_forward" else "params"
    depths = [len(call[key]) // 2 for call in generate(name)]
    assert depths[:2] == [4, 1]
    assert set(depths) == {1, 2, 3, 4}


def test_networks_go_backward_through_one_to_four_layers_in_lists_and_tuples(
    generate: Callable[..., list[Call]],
) -> None:
    caches = [call["caches"] for call in generate("L_model_backward")]
    assert {len(item) for item in caches} == {1, 2, 3, 4}
    assert {type(item) for item in caches} == {list, tuple}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("linear_forward", "A"),
        ("linear_activation_forward", "A_prev"),
        ("L_model_forward", "X"),
        ("compute_cost", "Y"),
        ("linear_backward", "dZ"),
        ("linear_activation_backward", "dA"),
        ("L_model_backward", "Y"),
    ],
)
def test_one_case_has_a_single_example_and_the_public_ones_have_more(
    generate: Callable[..., list[Call]], name: str, key: str
) -> None:
    examples = [call[key].shape[1] for call in generate(name)]
    assert 1 in examples
    assert 1 < examples[0] != examples[1] > 1


@pytest.mark.parametrize("name", ["linear_forward", "linear_activation_forward"])
def test_a_layers_three_sizes_all_differ(generate: Callable[..., list[Call]], name: str) -> None:
    for call in generate(name):
        A, W, _ = list(call.values())[:3]
        assert len({*W.shape, A.shape[1]}) == 3


@pytest.mark.parametrize("name", ["linear_backward", "linear_activation_backward"])
def test_a_layers_three_sizes_all_differ_on_the_way_back(
    generate: Callable[..., list[Call]], name: str
) -> None:
    for call in generate(name):
        cache = call["cache"] if name == "linear_backward" else call["cache"][0]
        A_prev, W, b = cache
        assert len({*W.shape, A_prev.shape[1]}) == 3
        assert b.shape == (W.shape[0], 1)


@pytest.mark.parametrize("case", [0, 3])
def test_a_networks_sizes_all_differ(generate: Callable[..., list[Call]], case: int) -> None:
    call = generate("L_model_forward")[case]
    rows = [W.shape[0] for name, W in call["parameters"].items() if name.startswith("W")]
    sizes = [*call["X"].shape, *rows]
    assert len(set(sizes)) == len(sizes)


@pytest.mark.parametrize("seed", range(5))
def test_every_relu_layer_and_every_network_meets_an_exact_zero(
    generate: Callable[..., list[Call]], reference: SimpleNamespace, seed: int
) -> None:
    for call in generate("linear_activation_forward", seed):
        _, (_, Z) = reference.linear_activation_forward(**call)
        assert Z[0, 0] == 0
    for call in generate("linear_activation_backward", seed):
        assert call["cache"][1][0, 0] == 0
    for call in generate("L_model_backward", seed):
        assert call["caches"][0][1][0, 0] == 0


@pytest.mark.parametrize("seed", range(5))
def test_predictions_stay_well_inside_0_and_1(generate: Callable[..., list[Call]], seed: int) -> None:
    for name in ("compute_cost", "L_model_backward"):
        for call in generate(name, seed):
            assert call["AL"].shape == call["Y"].shape
            assert ((call["AL"] > 0.01) & (call["AL"] < 0.99)).all()
