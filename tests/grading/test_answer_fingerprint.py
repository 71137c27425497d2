"""Equal wrong answers have equal signatures, and others do not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.grading.answer_fingerprint import fingerprint
from grader.models.execution import Failure, Run, Status
from grader.models.submission import Found, State

FOUND = Found(State.WRITTEN, cell=4, line=10)


def of(*values, expected=0.0):
    return signed([Run(Status.RETURNED, value) for value in values], expected=expected)


def signed(runs, found=FOUND, expected=0.0):
    return fingerprint(runs, [expected for _ in runs], found)


def raised(exception, cell, line, text=""):
    return Run(Status.RAISED, failure=Failure(exception, text, ((cell, line),)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param([0.0], [-0.0], id="the sign of zero"),
        pytest.param([1.0, 1 / 3], [1.0, 1 / 3 + 1e-9], id="a rounding error"),
        pytest.param([1.0, 1e-17], [1.0, 0.0], id="a zero with a rounding error"),
        pytest.param([1.0, 1 - 2**-53], [1.0, 1.0], id="just below a power of two"),
        pytest.param(np.array([np.nan]), -np.array([np.nan]), id="the sign of NaN"),
        pytest.param([np.inf, 1.0], [np.inf, 1.0], id="infinity"),
        pytest.param([1, 2], [1.0, 2.0], id="whole numbers"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="the order of keys"),
    ],
)
def test_equal_answers_have_equal_signatures(one, other):
    assert of(one) == of(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param([1.0], [1.00001], id="another number"),
        pytest.param([1e-9], [2e-9], id="another small number"),
        pytest.param([1.0], [-1.0], id="another sign"),
        pytest.param([np.inf], [-np.inf], id="another infinity"),
        pytest.param([np.nan], [0.0], id="not a number"),
        pytest.param(np.ones((1, 2)), np.ones((2, 1)), id="another shape"),
        pytest.param({"a": 1}, {"b": 1}, id="another key"),
        pytest.param([1.0, [2.0]], [[1.0], 2.0], id="another structure"),
        pytest.param("a", "b", id="another text"),
    ],
)
def test_different_answers_have_different_signatures(one, other):
    assert of(one) != of(other)


@given(st.lists(st.integers(-9999, 9999), min_size=1), st.integers(0, 2**32))
def test_noise_of_rounding_changes_no_signature_of_few_digits(hundredths, seed):
    few = np.array(hundredths) / 100
    noise = 1 + np.random.default_rng(seed).uniform(-1e-12, 1e-12, few.shape)
    assert of(few) == of(few * noise)


def test_what_rounding_leaves_of_zero_is_zero_beside_what_is_expected():
    noise = np.array([2.8e-17, -1.4e-17])
    assert of(noise, expected=np.ones(2)) == of(noise * 3, expected=np.ones(2)) == of(np.zeros(2))
    assert of(noise, expected=noise) != of(noise * 3, expected=noise)


def test_all_cases_count_in_their_order():
    assert of(1.0, 2.0) != of(2.0, 1.0)
    assert of(1.0) != of(1.0, 1.0)


def test_the_same_error_on_the_same_line_of_a_function_is_the_same_wherever_it_stands():
    here = signed([raised("NameError", 4, 12, "name 'a' is not defined")], FOUND)
    there = signed(
        [raised("NameError", 7, 3, "name 'b' is not defined")], Found(State.WRITTEN, cell=7, line=1)
    )
    assert here == there != ""


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(raised("NameError", 4, 13), id="another line"),
        pytest.param(raised("KeyError", 4, 12), id="another exception"),
        pytest.param(raised("NameError", 5, 12), id="in a helper elsewhere"),
        pytest.param(Run(Status.TIMED_OUT), id="no end"),
    ],
)
def test_another_error_is_another(other):
    first = Run(Status.RETURNED, 1.0)
    assert signed([first, raised("NameError", 4, 12)]) != signed([first, other])


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(Run(Status.TIMED_OUT), id="no end"),
        pytest.param(Run(Status.CRASHED, failure=Failure("", "signal 9")), id="no process"),
        pytest.param(Run(Status.MISSING), id="no function"),
        pytest.param(raised("NotImplementedError", 4, 12), id="not written"),
    ],
)
def test_what_gave_no_answer_has_no_signature(run):
    assert signed([run, run], FOUND) == ""


# ---------------------------------------------------------------- in a report

NUMPY = "import numpy as np"


def score_of(report, name="linear_forward"):
    return next(score for score in report.exercises if score.name == name)


def test_the_same_mistake_in_other_words_has_one_signature(graded):
    one = score_of(graded(NUMPY, "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"))
    other = score_of(
        graded(NUMPY, "def linear_forward(A, W, b):\n    Z = -b\n    return Z + W.dot(A), (A, W, b)")
    )
    third = score_of(graded(NUMPY, "def linear_forward(A, W, b):\n    return W @ A + 2 * b, (A, W, b)"))
    assert one.signature == other.signature != ""
    assert third.signature not in {"", one.signature}


def test_what_is_right_or_not_written_has_no_signature(graded):
    report = graded(NUMPY, "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)")
    assert {score.signature for score in report.exercises} == {""}


def test_the_digest_of_a_program_is_that_of_the_function_and_its_helpers(graded):
    main = "def linear_forward(A, W, b):\n    return half(W) @ A + b, (A, W, b)"
    one, same, other = (
        score_of(graded(NUMPY, helper, extra, main)).program_sha256
        for helper, extra in [
            ("def half(x):\n    return x / 2", ""),
            ("def half(x):\n    return x / 2", "def compute_cost(AL, Y):\n    return 0"),
            ("def half(x):\n    return x * 0.5", ""),
        ]
    )
    assert one == same != other
    assert len(one) == 64
    assert score_of(graded(NUMPY, main), "compute_cost").program_sha256 == ""
