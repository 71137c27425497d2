"""Ready judges judge whatever comes; a judge that raises is at fault for answers of the right kind only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.comparison import judges
from grader.comparison.compare import compare
from grader.comparison.judges import (
    Judge,
    JudgeError,
    Ready,
    at_least,
    close,
    exactly,
    judged,
    unordered,
    up_to_labels,
    up_to_sign,
)
from grader.comparison.verdict import Verdict
from grader.models.serialization import Unsupported

MATRIX = np.array([[1.0, 2.0, -3.0], [4.0, 5.0, 0.5]])
LABELS = np.array([0, 0, 1, 2, 1])
CENTROIDS = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])

HOSTILE: list[Any] = [
    None,
    Unsupported("Liar"),
    [],
    (),
    {},
    {"a": Unsupported("Liar")},
    "text",
    b"",
    True,
    -(10**60),
    float("nan"),
    complex("inf"),
    np.float32("nan"),
    np.empty((0, 3)),
    np.full((2, 3), np.nan),
    np.full((2, 3), -np.inf),
    np.full(5, np.nan),
    np.full(5, 10**18),
    np.array([0.5, 0.25, 1.0, 2.0, np.inf]),
    np.zeros((2, 3), bool),
    [[[[[[]]]]]] * 100,
    (np.full(5, np.nan), np.full((3, 2), np.inf)),
    (LABELS[::-1], CENTROIDS),
    (LABELS, LABELS),
    [LABELS, [1, 2, Unsupported("x")]],
]


def mean(_case: Mapping[str, Any], answer: Any) -> float:
    return float(np.mean(answer))


READY_ONES = [
    pytest.param(close(), MATRIX, id="close"),
    pytest.param(exactly(), MATRIX, id="exactly"),
    pytest.param(unordered(), MATRIX, id="unordered"),
    pytest.param(unordered(), [1, 2, 3], id="unordered list"),
    pytest.param(up_to_sign(), MATRIX, id="up_to_sign"),
    pytest.param(up_to_sign(None), (MATRIX, LABELS), id="up_to_sign of two"),
    pytest.param(up_to_labels(), LABELS, id="up_to_labels"),
    pytest.param(up_to_labels(), LABELS.astype(float), id="labels that are floats"),
    pytest.param(up_to_labels(0, (1,)), (LABELS, CENTROIDS), id="labels with centroids"),
    pytest.param(up_to_labels(0, (1,)), (LABELS.astype(float), CENTROIDS), id="floats with centroids"),
    pytest.param(at_least(mean, 1e300), MATRIX, id="at_least"),
]


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(("ready", "expected"), READY_ONES)
def test_no_hostile_answer_is_right_or_a_fault_of_ours(ready: Ready, expected: Any, answer: Any) -> None:
    with np.errstate(all="ignore"):
        outcome = judged(Judge(ready, ""), {}, expected, answer, ("result",))
    assert outcome.verdict is not Verdict.PASSED


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.just(Unsupported("x")),
    lambda inner: st.lists(inner, max_size=5) | st.tuples(inner, inner) | st.dictionaries(st.text(), inner),
)


@pytest.mark.parametrize(("ready", "expected"), READY_ONES)
@settings(max_examples=30)
@given(answer=PLAIN)
def test_whatever_plain_data_comes_a_ready_judge_judges_it(ready: Ready, expected: Any, answer: Any) -> None:
    judged(Judge(ready, ""), {}, expected, answer, ("result",))


@given(answer=st.lists(st.integers(-5, 10) | st.floats(), min_size=5, max_size=5))
def test_whatever_labels_come_they_are_judged(answer: list[float]) -> None:
    ready = up_to_labels(0, (1,))
    judged(
        Judge(ready, ""),
        {},
        (LABELS.astype(float), CENTROIDS),
        (np.array(answer, float), CENTROIDS),
        ("a", "b"),
    )


Raising = Callable[[Any, Any, Any], Any]


@pytest.fixture
def raising() -> Judge:
    """A judge that raises whatever it is given."""

    def judge(_case: Any, _expected: Any, _answer: Any) -> Any:
        raise LookupError("the secret")

    return Judge(judge, "")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        pytest.param([1, 2], Verdict.WRONG_TYPE, id="another type"),
        pytest.param(np.ones((3, 2)), Verdict.WRONG_SHAPE, id="another shape"),
        pytest.param(Unsupported("Liar"), Verdict.WRONG_TYPE, id="what cannot be compared"),
        pytest.param(MATRIX * np.nan, Verdict.WRONG_VALUE, id="no number"),
        pytest.param(MATRIX * np.inf, Verdict.WRONG_VALUE, id="infinity"),
    ],
)
def test_where_a_judge_raises_an_answer_that_is_none_is_wrong(
    raising: Judge, answer: Any, verdict: Verdict
) -> None:
    assert judged(raising, {}, MATRIX, answer, ("result",)).verdict is verdict


def test_where_a_judge_raises_on_a_possible_answer_it_is_at_fault(raising: Judge) -> None:
    with pytest.raises(JudgeError) as error:
        judged(raising, {}, MATRIX, MATRIX + 1, ("result",))
    assert (error.value.what, error.value.detail) == ("raised LookupError", ": the secret")


@pytest.mark.parametrize("said", [True, False, "", 0, ["No."], np.bool_(True)], ids=repr)
def test_what_a_judge_returns_is_none_or_a_sentence(said: Any) -> None:
    with pytest.raises(JudgeError, match="returned a value of type"):
        judged(Judge(lambda *_: said, ""), {}, 1, 1, ("result",))


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(list(range(2000)), id="whole numbers"),
        pytest.param([n / 7 for n in range(-1000, 1000)], id="numbers"),
        pytest.param([f"word {n}" for n in range(2000)], id="texts"),
        pytest.param(np.arange(6000.0).reshape(2000, 3) / 7, id="rows"),
    ],
)
def test_thousands_of_entries_in_another_order_are_compared_in_time(entries: Any) -> None:
    calls = 0

    def counted(*arguments: Any) -> Any:
        nonlocal calls
        calls += 1
        return compare(*arguments)

    other = (
        entries[::-1]
        if isinstance(entries[0], int | str)
        else [entry * (1 + 1e-9) for entry in entries[::-1]]
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judges, "compare", counted)
        assert unordered()({}, entries, np.array(other) if isinstance(entries, np.ndarray) else other) is None
    assert calls < 20 * len(entries)


@pytest.mark.parametrize("labels", [LABELS > 0, LABELS.astype(float), LABELS.astype(np.int8)], ids=str)
def test_a_metric_takes_numbers_of_any_kind(labels: Any) -> None:
    assert judged(Judge(at_least(mean, 0.5), ""), {}, LABELS, labels, ("result",)).verdict is Verdict.PASSED
    assert judged(Judge(at_least(mean, 0.5), ""), {}, LABELS, labels * 0, ("result",)).message == (
        "Its mean is 0; it has to be at least 0.5."
    )
