"""Tests of hints on exceptions: what one means, in fixed words that hold none of its own text."""

from __future__ import annotations

import pytest
from hint_inputs import (
    NOTHING,
    PARAMETERS,
    W,
    hint_of_failure,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.comparison.verdict import Outcome, Verdict
from grader.hints import hint, unbound_name
from grader.models.assignment import Case
from grader.models.execution import Call, Failure, Run, Status


@pytest.mark.parametrize(
    ("exception", "text", "says"),
    [
        pytest.param(
            "KeyError", "'w1'", "differs from a right one in capital and small letters", id="letters"
        ),
        pytest.param("KeyError", "'W4'", "a layer after the last one, which is layer 3", id="after the last"),
        pytest.param("KeyError", "'b0'", "a layer 0, and layers are counted from 1", id="layer 0"),
        pytest.param(
            "KeyError", "'W2'", "a key of an input in a dictionary that does not have it", id="another's"
        ),
        pytest.param("KeyError", "'cost'", "a key that the dictionary does not have", id="any other key"),
        pytest.param("IndexError", "list index out of range", "past the end of a list", id="index"),
        pytest.param(
            "ValueError",
            "operands could not be broadcast together with shapes (3,) (4,)",
            "shapes do not fit",
            id="broadcast",
        ),
        pytest.param(
            "ValueError", "shapes (3,4) and (3,4) not aligned", "do not fit their product", id="product"
        ),
        pytest.param(
            "UnboundLocalError", "cannot access local variable 'i'", "a name without a value", id="leaked"
        ),
        pytest.param("TypeError", "'NoneType' object is not iterable", "A value is None there", id="none"),
        pytest.param("OSError", "broken", "", id="nothing certain"),
    ],
)
def test_an_exception_is_explained_in_fixed_words(exception: str, text: str, says: str):
    told = hint_of_failure(exception, text, PARAMETERS)
    assert says in told if says else not told


@pytest.mark.parametrize(
    ("name", "unbound", "says"),
    [
        pytest.param("np", {"np": ()}, "Add `import numpy as np` to a cell above.", id="a missing import"),
        pytest.param(
            "t",
            {"t": (7,)},
            "The function never sets `t`: cell 7 does, and it has to work without that cell.",
            id="a leftover of a test cell",
        ),
        pytest.param(
            "t",
            {"t": (7, 9, 12)},
            "The function never sets `t`: cell 7 and other cells do, and it has to work without those cells.",
            id="a leftover of several test cells",
        ),
        pytest.param("t", {"t": ()}, "Nothing in the notebook defines `t`.", id="never set"),
        pytest.param("t", {}, "", id="a name that the function does not read"),
    ],
)
def test_an_unbound_name_is_traced(name: str, unbound: dict[str, tuple[int, ...]], says: str):
    told = hint_of_failure("NameError", f"name '{name}' is not defined", unbound=unbound)
    assert says in told if says else not told


def test_the_unbound_name_is_that_of_a_name_error():
    assert unbound_name(Failure("NameError", "name 'copy' is not defined")) == "copy"
    assert unbound_name(Failure("ValueError", "name 'copy' is not defined")) is None


def test_a_call_without_end_and_one_that_crashed():
    case = Case("a", False, Call("f", ()), W)
    late, dead = (Run(status, failure=Failure("", "")) for status in (Status.TIMED_OUT, Status.CRASHED))
    assert "a loop that never ends" in hint(Outcome(Verdict.DID_NOT_RUN), late, case, NOTHING)
    assert hint(Outcome(Verdict.DID_NOT_RUN), dead, case, NOTHING) == ""


@settings(max_examples=60)
@given(
    st.sampled_from(["KeyError", "ValueError", "NameError", "TypeError", "zzsecret"]), st.text(max_size=20)
)
def test_a_hint_holds_no_text_of_an_exception(exception: str, text: str):
    planted = f"{text} 'zzsecret9' matmul broadcast NoneType"
    for message in (planted, "'zzsecret9'", "name 'zzsecret9' is not defined"):
        assert "zzsecret" not in hint_of_failure(exception, message, PARAMETERS, {"zzsecreT9": 1})
