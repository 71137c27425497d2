"""Objects become plain values, and plain values objects: of the class at hand, or of a new one."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections import namedtuple
from typing import Any

import numpy as np
import pytest

from grader.plain.real_objects import real_object, real_objects
from grader.plain.records import Instance, Named, plain_record

Point = namedtuple("Point", "x y")


@dataclasses.dataclass
class Box:
    width: float
    height: float

    def area(self) -> float:
        return self.width * self.height


def again(value: Any, classes: dict[str, Any] | None = None) -> Any:
    return real_object(plain_record(value), classes or {})


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(range(1, 9, 3), id="range"),
        pytest.param(np.polynomial.Polynomial([1, 2]), id="polynomial"),
        pytest.param(np.polynomial.HermiteE([1, 2], domain=[0, 1]), id="series of Hermite"),
        pytest.param(np.poly1d([1, 2]), id="polynomial of the old kind"),
    ],
)
def test_what_python_and_numpy_have_comes_back_as_it_was(value: Any) -> None:
    assert type(again(value)) is type(value)
    assert again(value) == value


def test_a_named_tuple_comes_back_as_one_made_anew() -> None:
    point = again(Point(1, 2))
    assert (point.x, point.y, point) == (1, 2, (1, 2))
    assert point._replace(x=5).x == 5
    assert type(point) is type(again(Point(3, 4)))


def test_a_dataclass_comes_back_as_one_made_anew() -> None:
    box = again(Box(2, 3))
    box.width = 5
    assert dataclasses.asdict(box) == {"width": 5, "height": 3}
    assert again(Box(1, 1)) == again(Box(1, 1))


def test_the_class_of_its_name_with_the_same_fields_is_taken() -> None:
    assert again(Box(2, 3), {"Box": Box}).area() == 6
    assert type(again(Point(2, 3), {"Point": Point})) is Point


@pytest.mark.parametrize(
    "other", [dataclasses.make_dataclass("Box", ["width", "depth"]), Point, 5, lambda width, height: None]
)
def test_what_has_the_name_and_other_fields_is_not_taken(other: Any) -> None:
    assert type(again(Box(2, 3), {"Box": other})) is not other


@pytest.mark.parametrize(
    "value", [5, "text", (1, 2), [Point(1, 2)], pytest.param(object(), id="an object"), Box, Point], ids=repr
)
def test_what_is_no_record_is_none(value: Any) -> None:
    assert plain_record(value) is None


def test_a_named_tuple_equals_and_hashes_as_a_tuple_and_can_be_copied() -> None:
    named = Named("Point", ("x", "y"), (1, 2))
    assert named == (1, 2)
    assert {named: "here"}[1, 2] == "here"
    for other in (copy.deepcopy(named), pickle.loads(pickle.dumps(named))):
        assert repr(other) == "Point(x=1, y=2)"


def test_objects_are_made_wherever_their_plain_values_are() -> None:
    point = Named("Point", ("x", "y"), (1, Instance("range", "range", {"start": 0, "stop": 2, "step": 1})))
    array = np.empty(1, object)
    array[0] = point
    box = Instance("dataclass", "Box", {"width": point, "height": 1})
    made = real_objects({"a": [point, (box, {point[0]})], "b": array}, {"Point": Point, "Box": Box})
    expected = Point(1, range(2))
    assert made["a"] == [expected, (Box(expected, 1), {1})]
    assert (type(made["a"][0]), made["b"][0]) == (Point, expected)
