"""Arguments arrive as objects, and those that a call changed are found."""

from __future__ import annotations

import dataclasses
from collections import namedtuple
from typing import Any

import numpy as np
import pytest

from grader.models import serialization
from grader.sandbox.arguments import received
from grader.sandbox.replies import changed

Point = namedtuple("Point", "x y")


@dataclasses.dataclass
class Box:
    sides: Any


def test_arguments_are_objects_of_the_classes_at_hand() -> None:
    args, _ = received(serialization.encode((Point(1, 2), Box([1]), range(3))), {"Box": Box})
    assert args == (Point(1, 2), Box([1]), range(3))
    assert type(args[1]) is Box


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda args: args[0].sides.append(2), id="a list in a dataclass"),
        pytest.param(lambda args: setattr(args[0], "sides", 5), id="an attribute"),
    ],
)
def test_a_changed_object_is_found(change: Any) -> None:
    args, sent = received(serialization.encode((Box([1]), {1, 2}, np.array(["a"]))), {"Box": Box})
    assert changed(sent, args) == []
    change(args)
    assert changed(sent, args) == [0]


def test_a_changed_set_array_of_texts_or_named_tuple_is_found() -> None:
    args, sent = received(serialization.encode(({1}, np.array(["a"]), Point(1, [2]), 5)), {})
    args[0].add(2)
    args[1][0] = "b"
    args[2].y.append(3)
    assert changed(sent, args) == [0, 1, 2]


def test_a_changed_frame_is_found_and_one_that_was_read_is_as_it_was() -> None:
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"city": ["Rome", None, "Rome"], "price": [1.5, 2, 3]}, index=[3, 1, 2])
    args, sent = received(serialization.encode((frame, frame["price"])), {})
    args[0].groupby("city")["price"].mean()
    args[0].sort_index()
    assert changed(sent, args) == []
    args[0]["double"] = 1
    args[1].iloc[0] = 9
    assert changed(sent, args) == [0, 1]
