"""What learners are told about their mistakes names the cause: each hint was judged by reading.

*named*: a reader who has not seen the function knows what to mend. *partly*: the hint says where, or what, and
not both. None misleads.
"""

# ruff: noqa: E501  # a hint stands in one line

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.models.report import Report

CASES = Path(__file__).parents[3] / "shared" / "cases" / "learner"

NAMED, PARTLY = "named", "partly"

HINTS = [
    (
        "03_old_names_no_template_comment",
        "L_model_backward",
        "Each dA is stored under the number of the layer that made it, one higher than it should be.",
        NAMED,
    ),
    (
        "04b_constant_index_with_comment_dAL",
        "L_model_backward",
        "In the third call of linear_activation_backward, `grads['dA' + str(L - 1)]`, which is the first result of its first call, stands where the first result of its second call belongs.",
        NAMED,
    ),
    (
        "06a_caches_minus_l",
        "L_model_backward",
        "In the third call of linear_activation_backward, `caches[-l]`, which is `caches[3]`, stands where `caches[1]` belongs.",
        NAMED,
    ),
    (
        "06c_caches_l_minus_1",
        "L_model_backward",
        "In the second call of linear_activation_backward, `caches[l - 1]`, which is `caches[1]`, stands where `caches[0]` belongs.",
        NAMED,
    ),
    (
        "07_hidden_loop_empty",
        "L_model_forward",
        "Between the markers on the lines 7 and 9 nothing is written.",
        NAMED,
    ),
    (
        "08_update_reads_W_of_grads",
        "update_parameters",
        "`grads` has the keys dW1, db1, dW2, db2, and no 'W1'.",
        NAMED,
    ),
    (
        "10_sum_of_two_arguments",
        "compute_cost",
        "The second argument of np.sum is the axis, and here it is an array: is an operator, as +, meant in the place of the comma?",
        NAMED,
    ),
    (
        "11_cost_is_a_tuple",
        "compute_cost",
        "`cost` is a tuple of a number and an array of the shape (1, 3), where one array is needed.",
        NAMED,
    ),
    (
        "12b_n_y_hard_coded_no_assert",
        "initialize_parameters",
        "The output layer has one unit, whatever n_y says.",
        NAMED,
    ),
    (
        "13_scalar_db_and_assert_float",
        "linear_backward",
        "`assert isinstance(db, float)` fails: `db` is an array of the shape (3,). It asks for one number, and `db` has several.",
        NAMED,
    ),
    (
        "15_output_layer_placeholder_None",
        "L_model_backward",
        "`grads['dA' + str(L - 1)], grads['dW' + str(L)], grads['db' + str(L)] = None` still assigns the placeholder None.",
        NAMED,
    ),
    (
        "17a_sigmoid_of_dAL_in_hidden",
        "L_model_backward",
        "In the second call of linear_activation_backward, `dAL` stands where the first result of its first call belongs, and activation is 'sigmoid' where 'relu' belongs.",
        NAMED,
    ),
    (
        "17c_sigmoid_of_dAL_old_names_marked",
        "L_model_backward",
        "In the second call of linear_activation_backward, `dAL` stands where the first result of its first call belongs, and activation is 'sigmoid' where 'relu' belongs.",
        NAMED,
    ),
    (
        "17e_sigmoid_of_dAL_and_scalar_db",
        "linear_backward",
        "`assert isinstance(db, float)` fails: `db` is an array of the shape (3,). It asks for one number, and `db` has several.",
        NAMED,
    ),
    (
        "17e_sigmoid_of_dAL_and_scalar_db",
        "L_model_backward",
        "What belongs to the last layer is right, what belongs to a layer before is wrong.",
        PARTLY,
    ),
    (
        "19_softmax_output",
        "L_model_forward",
        "It calls linear_activation_forward 2 times, where 3 times is right; the one with activation 'sigmoid' is missing.",
        NAMED,
    ),
    (
        "21_literal_L_in_keys",
        "L_model_backward",
        "It has dWL, dbL where dW2, db2 belong. The number of the layer is no part of the quoted text: add str(...).",
        NAMED,
    ),
    (
        "22b_seed_missing_deep",
        "initialize_parameters_deep",
        "The numbers are drawn without np.random.seed(3): is it missing?",
        NAMED,
    ),
    ("24_str_plus_int", "L_model_forward", "`l` is the number 1: to join it to a text, write str(l).", NAMED),
    (
        "26_space_in_activation",
        "L_model_backward",
        "In the first call of linear_activation_backward, activation is ' sigmoid' where 'sigmoid' belongs.",
        NAMED,
    ),
    (
        "27_small_letters_in_keys",
        "L_model_backward",
        "It has da0, da1, dw1, dw2 where dA0, dA1, dW1, dW2 belong. Capital and small letters differ.",
        NAMED,
    ),
    (
        "28_tuple_of_caches_into_sigmoid_backward",
        "L_model_backward",
        "`caches[1]` is a tuple of a tuple of 3 values and an array of the shape (1, 2), where numbers are needed.",
        PARTLY,
    ),
    (
        "30_zeros_of_int",
        "initialize_parameters",
        "`np.zeros((n_h, 1), dtype=int)` makes whole numbers: `float`, or no type at all, makes float64.",
        NAMED,
    ),
    ("32_stored_one_too_low_and_high", "L_model_backward", "It has dA-1, dA2 where dA0, dA1 belong.", NAMED),
    ("36_global_dA_prev", "L_model_backward", "Nothing in the notebook defines `dA_prev`.", PARTLY),
    (
        "38_dAL_is_AL_minus_Y",
        "L_model_backward",
        "In the first call of linear_activation_backward, `dAL` is wrong.",
        NAMED,
    ),
    (
        "39b_division_by_sqrt",
        "initialize_parameters_deep",
        "Every element is 100*1/sqrt(5) times the expected value: is the factor 1/sqrt(5) there in the place of 0.01?",
        NAMED,
    ),
    ("41_return_forgotten", "update_parameters", "The function has no `return`.", NAMED),
    (
        "42_range_of_reversed",
        "L_model_backward",
        "`L - 1` is the number 1, and no sequence: is range(L - 1) meant?",
        NAMED,
    ),
    (
        "44_ReLU_of_dAL_caches_l_minus_1",
        "L_model_backward",
        "In the second call of linear_activation_backward, `dAL` stands where the first result of its first call belongs, and `caches[l - 1]`, which is `caches[1]`, stands where `caches[0]` belongs.",
        NAMED,
    ),
    ("caches_not_appended", "L_model_forward", "The last entry is missing; the others are right.", NAMED),
    (
        "cost_m_from_shape0",
        "compute_cost",
        "The cost is the sum over the examples: it is not divided by their number.",
        NAMED,
    ),
    (
        "db_no_keepdims",
        "linear_backward",
        "`db` has lost its second dimension: its shape is (n,) instead of (n, 1).",
        NAMED,
    ),
    (
        "elementwise_dW",
        "linear_backward",
        "`dZ` is (3, 4) and `A_prev.T` is (4, 5): `*` and np.multiply work element by element; a matrix product is np.dot or `@`.",
        NAMED,
    ),
    (
        "init_2tuple",
        "initialize_parameters_deep",
        "It has lost an axis of length 1: `np.zeros(layer_dims[l])` makes one axis, and a column has the shape (n, 1).",
        NAMED,
    ),
    (
        "init_rand",
        "initialize_parameters",
        "It draws with np.random.rand, where np.random.randn is expected.",
        NAMED,
    ),
    (
        "m_from_dZ_rows",
        "linear_backward",
        "The gradients are divided by the number of units of the previous layer instead of the examples'.",
        NAMED,
    ),
    (
        "returns_in_loop",
        "update_parameters",
        "The `return` stands inside the loop, which therefore ends in its first turn.",
        NAMED,
    ),
    (
        "uses_X_every_layer",
        "L_model_forward",
        "In the second call of linear_activation_forward, `X` stands where the first result of its first call belongs.",
        NAMED,
    ),
]
"""The file, the function that loses its points, the hint, and what it is worth."""


@pytest.mark.parametrize(
    ("file", "function", "hint", "_"), HINTS, ids=[f"{one[0]} {one[1]}" for one in HINTS]
)
def test_a_learner_is_told(
    graded: Callable[..., Report], file: str, function: str, hint: str, _: str
) -> None:
    path = CASES / f"{file}.ipynb"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    scores = {score.name: score for score in graded(path.read_bytes()).exercises}
    assert scores[function].hint == hint


def test_four_of_five_causes_are_named() -> None:
    assert sum(one[-1] == NAMED for one in HINTS) >= 0.8 * len(HINTS)
