"""Notebooks with the slips that learners ask about lose what is wrong in them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.models.report import Report

CASES = Path(__file__).parents[3] / "shared" / "cases"

LOST = {
    "00_reference": "",
    "01b_old_names_with_comment_passes": "",
    "02b_import_star_from_dnn_app_utils_v3": "",
    "03_old_names_no_template_comment": "L_model_backward",
    "04b_constant_index_with_comment_dAL": "L_model_backward",
    "06a_caches_minus_l": "L_model_backward",
    "06c_caches_l_minus_1": "L_model_backward",
    "07_hidden_loop_empty": "L_model_forward",
    "08_update_reads_W_of_grads": "update_parameters",
    "10_sum_of_two_arguments": "compute_cost",
    "11_cost_is_a_tuple": "compute_cost",
    "12b_n_y_hard_coded_no_assert": "initialize_parameters",
    "13_scalar_db_and_assert_float": "linear_backward",
    "15_output_layer_placeholder_None": "L_model_backward",
    "17a_sigmoid_of_dAL_in_hidden": "L_model_backward",
    "17c_sigmoid_of_dAL_old_names_marked": "L_model_backward",
    "17e_sigmoid_of_dAL_and_scalar_db": "linear_backward L_model_backward",
    "19_softmax_output": "L_model_forward",
    "21_literal_L_in_keys": "L_model_backward",
    "22b_seed_missing_deep": "initialize_parameters_deep",
    "24_str_plus_int": "L_model_forward",
    "26_space_in_activation": "L_model_backward",
    "27_small_letters_in_keys": "L_model_backward",
    "28_tuple_of_caches_into_sigmoid_backward": "L_model_backward",
    "30_zeros_of_int": "initialize_parameters",
    "32_stored_one_too_low_and_high": "L_model_backward",
    "36_global_dA_prev": "L_model_backward",
    "38_dAL_is_AL_minus_Y": "L_model_backward",
    "39b_division_by_sqrt": "initialize_parameters_deep",
    "41_return_forgotten": "update_parameters",
    "42_range_of_reversed": "L_model_backward",
    "44_ReLU_of_dAL_caches_l_minus_1": "L_model_backward",
    "caches_not_appended": "L_model_forward",
    "cost_dot_full": "",
    "cost_m_from_shape0": "compute_cost",
    "dA_old_numbering": "",
    "db_no_keepdims": "linear_backward",
    "elementwise_dW": "linear_backward",
    "init_2tuple": "initialize_parameters_deep",
    "init_rand": "initialize_parameters",
    "m_from_dZ_rows": "linear_backward",
    "relu_in_place": "",
    "returns_in_loop": "update_parameters",
    "update_inplace": "",
    "uses_X_every_layer": "L_model_forward",
}
"""The functions that lose their points, by what is done to the reference."""

WHY = {
    "01b_old_names_with_comment_passes": "a line of an older template: both conventions are tried",
    "03_old_names_no_template_comment": "its own public test, of the current edition, fails",
    "dA_old_numbering": "nothing tells its edition, and it keeps to one convention",
    "30_zeros_of_int": "biases of integers cannot be updated in place",
    "relu_in_place": "L_model_backward is spoiled by a helper that is right",
    "update_inplace": "older templates do so, and it is a note",
}


def case(path: str) -> bytes:
    if not (CASES / path).exists():
        pytest.skip(f"{CASES / path} is not here")
    return (CASES / path).read_bytes()


def named(name: str) -> str:
    return f"{name}: {WHY[name]}" if name in WHY else name


@pytest.mark.parametrize(("name", "lost"), LOST.items(), ids=map(named, LOST))
def test_a_learner_loses_what_is_wrong_and_nothing_else(
    graded: Callable[..., Report], name: str, lost: str
) -> None:
    report = graded(case(f"learner/{name}.ipynb"))
    assert [score.name for score in report.exercises if not score.points] == lost.split()
    assert report.points == 100 - 10 * len(lost.split())


def test_no_case_of_a_learner_is_left_out() -> None:
    case("learner/00_reference.ipynb")
    assert {path.stem for path in (CASES / "learner").glob("*.ipynb")} == LOST.keys()
