"""Calls and values are short Python source."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from grader.grading.small_calls import small_calls
from grader.models.assignment import Case
from grader.models.execution import Call
from grader.models.value_text import compact
from grader.models.values import finite
from grader.plain.frames import Column, Frame, Labels, Series
from grader.plain.records import Instance, Named

NUMBERED = Labels((None,), (Column("int64", np.arange(2)),))
LETTERS = Labels((None,), (Column("str", np.array(["a", "b"])),))
PRICE, CITY = Column("float64", np.array([1.5, 2.0])), Column("str", np.array(["x", "y"]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param({3, 1}, "{1, 3}", id="set"),
        pytest.param(set(), "set()", id="empty set"),
        pytest.param({(1, "a"): 0.1 + 0.2}, "{(1, 'a'): 0.3}", id="key that is a tuple"),
        pytest.param(Named("Point", ("x", "y"), (0.1 + 0.2, [1])), "Point(x=0.3, y=[1])", id="named tuple"),
        pytest.param(Instance("dataclass", "Box", {"w": (1,)}), "Box(w=(1,))", id="dataclass"),
        pytest.param(
            Instance("range", "range", {"start": 0, "stop": 9, "step": 2}), "range(0, 9, 2)", id="range"
        ),
        pytest.param(np.array(["2020-01-01"], "M8[D]"), "['2020-01-01']", id="dates"),
        pytest.param(np.array(["a"]), "['a']", id="texts"),
        pytest.param(date(2020, 1, 1), "datetime.date(2020, 1, 1)", id="date"),
        pytest.param(
            Frame(NUMBERED, LETTERS, (PRICE, CITY)), "DataFrame({'a': [1.5, 2], 'b': ['x', 'y']})", id="frame"
        ),
        pytest.param(
            Series("p", LETTERS, PRICE), "Series([1.5, 2], index=['a', 'b'])", id="series with labels"
        ),
        pytest.param(LETTERS, "Index(['a', 'b'])", id="index"),
    ],
)
def test_a_value_is_short_source(value: Any, text: str) -> None:
    assert compact(value) == text


def case(*args: Any) -> Case:
    return Case("public-1", True, Call("f", args), None)


def frame(rows: int) -> Frame:
    index = Labels((None,), (Column("int64", np.arange(rows)),))
    city = Column("str", np.resize(np.array(["Rome", "Oslo"]), rows))
    number = Column("Int64", np.arange(rows), np.zeros(rows, bool))
    return Frame(
        index,
        Labels((None,), (Column("str", np.array(["p", "c", "n"])),)),
        (Column("float64", np.ones(rows)), city, number),
    )


def test_small_frames_have_few_rows_and_the_texts_of_the_cases() -> None:
    calls = small_calls("f", [case(frame(5)), case(frame(7))])
    lengths = [len(call.args[0]) for call in calls]
    assert lengths == [1, 2, 3]
    for call, rows in zip(calls, lengths, strict=True):
        assert {len(column) for column in call.args[0].values} == {rows}
        assert set(call.args[0].values[1].values) <= {"Rome", "Oslo"}


def test_small_arrays_of_texts_and_dates_repeat_those_of_the_cases() -> None:
    dates = np.array(["2020-01-01", "2021-01-01"], "M8[D]")
    calls = small_calls("f", [case(np.array(["a", "b", "c"]), dates), case(np.array(["a"] * 5), dates)])
    assert {len(call.args[0]) for call in calls} == {1, 2, 3}
    assert all(set(call.args[0]) <= {"a", "b", "c"} and set(call.args[1]) <= set(dates) for call in calls)


def test_sets_and_records_stay_as_they_are_in_small_calls() -> None:
    box = Instance("dataclass", "Box", {"kind": "a", "seen": {1}})
    (call,) = small_calls("f", [case({1, 2}, box), case({3}, box)])
    assert (call.args[0], repr(call.args[1])) == ({1, 2}, repr(box))


@pytest.mark.parametrize(
    ("value", "is_finite"),
    [(np.array(["a"]), True), (frame(2), True), ({np.inf}, True), ((np.array([np.nan]), "a"), False)],
    ids=["texts", "frame", "set", "NaN beside a text"],
)
def test_what_has_no_numbers_is_finite(value: Any, is_finite: bool) -> None:
    assert finite(value) is is_finite
