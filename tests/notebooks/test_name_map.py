"""Tests of name maps: what a line means, and what is said of one that means nothing."""

from __future__ import annotations

from typing import Any

import pytest

from grader.errors import NameMapError
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map

FUNCTIONS = ("initialize_parameters", "linear_activation_forward", "compute_cost")


def read(text: str) -> NameMap:
    return parse_name_map(text, FUNCTIONS, "names.txt")


def run(source: str, **names: Any) -> dict[str, Any]:
    exec(source, names)
    return names


def test_a_plain_line_lends_a_function_another_name() -> None:
    names = read("init_params = initialize_parameters")
    assert names.theirs("initialize_parameters") == "init_params"
    ours = run(names.adapter_to_ours("initialize_parameters"), init_params=max)
    assert ours["initialize_parameters"] is max
    theirs = run(names.adapter_to_theirs("initialize_parameters"), initialize_parameters=min)
    assert theirs["init_params"] is min


def test_what_no_line_names_keeps_its_name() -> None:
    for names in (NO_NAMES, read("init_params = initialize_parameters")):
        assert names.theirs("compute_cost") == "compute_cost"
        assert names.adapter_to_ours("compute_cost") == ""
        assert names.adapter_to_theirs("compute_cost") == ""


REORDERED = """
# theirs = ours
layer(activation, A, W) -> B, lin, act = linear_activation_forward(A, W, activation) -> B, (lin, act)
"""


def test_parameters_and_results_are_reordered_on_the_way_to_ours() -> None:
    def layer(activation: str, A: int, W: int) -> tuple[Any, ...]:
        return activation, A, W

    source = read(REORDERED).adapter_to_ours("linear_activation_forward")
    assert run(source, layer=layer)["linear_activation_forward"](1, 2, "relu") == ("relu", (1, 2))


def test_parameters_and_results_are_reordered_on_the_way_to_theirs() -> None:
    def ours(A: int, W: int, activation: str) -> tuple[Any, ...]:
        return A, (W, activation)

    source = read(REORDERED).adapter_to_theirs("linear_activation_forward")
    assert run(source, linear_activation_forward=ours)["layer"]("relu", 1, 2) == (1, 2, "relu")


def test_there_and_back_is_the_function_itself() -> None:
    names = read(REORDERED)
    there = run(
        names.adapter_to_theirs("linear_activation_forward"),
        linear_activation_forward=lambda A, W, activation: (A, (W, activation)),
    )
    back = run(names.adapter_to_ours("linear_activation_forward"), layer=there["layer"])
    assert back["linear_activation_forward"](1, 2, "relu") == (1, (2, "relu"))


def test_empty_lines_and_comments_are_skipped() -> None:
    names = read("\n# all of it\n  init = initialize_parameters  # the first\n\n")
    assert list(names.aliases) == ["initialize_parameters"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        pytest.param("init", "Write `theirs = ours`, with one `=`.", id="no equals sign"),
        pytest.param("a = b = c", "Write `theirs = ours`, with one `=`.", id="two equals signs"),
        pytest.param(
            "init = initialise",
            "initialise is not a graded function. There are: "
            "initialize_parameters, linear_activation_forward, compute_cost.",
            id="no such function",
        ),
        pytest.param(
            "= compute_cost", "Write `name`, or `name(a, b) -> c, d`, on each side.", id="an empty side"
        ),
        pytest.param("a.b = compute_cost", "Write `name`, or", id="a dotted name"),
        pytest.param("1x = compute_cost", "Write `name`, or", id="not a name"),
        pytest.param("f(1) -> a = compute_cost(a) -> a", "Write `name`, or", id="a parameter is a number"),
        pytest.param("f(*a) -> a = compute_cost(a) -> a", "Write `name`, or", id="a starred parameter"),
        pytest.param("f(a) = compute_cost(a)", "Write `name`, or", id="parameters without results"),
        pytest.param("f -> a = compute_cost -> a", "Write `name`, or", id="results without parameters"),
        pytest.param("f(a) -> ) = compute_cost(a) -> a", "Write `name`, or", id="a result is no expression"),
        pytest.param(
            "f(a) -> c = compute_cost",
            "Write the parameters and results on both sides, or on neither.",
            id="parameters on one side",
        ),
        pytest.param(
            "f(a, b) -> c = compute_cost(a) -> c",
            "Both sides have to name the same parameters.",
            id="one lost",
        ),
        pytest.param(
            "f(a) -> c, d = compute_cost(a) -> c",
            "Both sides have to name the same result.",
            id="result lost",
        ),
        pytest.param(
            "compute_cost(b, a) -> c = compute_cost(a, b) -> c",
            "Another order needs another name: the notebook calls compute_cost its own way.",
            id="the same name",
        ),
        pytest.param(
            "f(a) -> c + 1 = compute_cost(a) -> c", "A result has to be names", id="a sum as result"
        ),
        pytest.param("f(a, a) -> c = compute_cost(a, a) -> c", "no name twice", id="parameter twice"),
    ],
)
def test_a_line_that_means_nothing_is_shown_with_its_problem(line: str, problem: str) -> None:
    with pytest.raises(NameMapError) as caught:
        read(f"# names\n{line}\n")
    assert str(caught.value).startswith(f"names.txt, line 2: {line}\n  ")
    assert problem in str(caught.value)


def test_a_function_has_one_line_only() -> None:
    with pytest.raises(NameMapError, match=r"line 2(.|\n)*compute_cost has a line of its own already"):
        read("a = compute_cost\nb = compute_cost")
    with pytest.raises(NameMapError, match=r"line 2(.|\n)*a stands for another function already"):
        read("a = compute_cost\na = initialize_parameters")
