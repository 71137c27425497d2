"""The leaves of any value can be taken out and put in again."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from strategies import values

from grader.models.serialization import decode, encode
from grader.models.values import leaves, rebuilt
from grader.plain.frames import Column, Frame, Labels
from grader.plain.records import Instance, Named

ROWS = Labels((None,), (Column("str", np.array(["a", "b", "c"])),))
NAMES = Labels((None,), (Column("str", np.array(["x", "y"])),))
MASKED = Column("Int64", np.arange(3), np.array([True, False, False]))
FRAME = Frame(ROWS, NAMES, (Column("float64", np.ones(3)), MASKED))


@given(values)
def test_a_value_with_its_own_leaves_is_the_same(value: Any) -> None:
    assert encode(rebuilt(value, lambda _, leaf: leaf)) == encode(value)


@pytest.mark.parametrize(
    ("value", "places"),
    [
        pytest.param(Named("P", ("x", "y"), (1, [2])), [(0,), (1, 0)], id="named tuple"),
        pytest.param(Instance("dataclass", "B", {"w": (1, 2)}), [("w", 0), ("w", 1)], id="dataclass"),
        pytest.param(np.array([[None, "a"]], object), [((0, 0),), ((0, 1),)], id="objects"),
        pytest.param(np.array([None, "a"], object), [(0,), (1,)], id="objects in a row"),
        pytest.param({1, 2}, [()], id="a set is a leaf"),
        pytest.param(FRAME, [("x",), ("y",)], id="frame"),
        pytest.param(ROWS, [(0,)], id="labels"),
    ],
)
def test_the_places_of_leaves(value: Any, places: list[Any]) -> None:
    assert list(leaves(value)) == places


def test_a_column_whose_array_has_not_all_of_it_is_a_leaf_itself() -> None:
    assert leaves(FRAME)["y",] is MASKED


def test_a_frame_with_other_columns_has_as_many_rows_as_they() -> None:
    for rows in (2, 5):
        made = rebuilt(FRAME, lambda _, leaf, n=rows: np.zeros(n) if isinstance(leaf, np.ndarray) else MASKED)
        assert (len(made.index), made.values[0].dtype) == (rows, "float64")
    assert rebuilt(FRAME, lambda _, leaf: leaf).index is FRAME.index


def test_a_column_of_other_numbers_has_their_dtype() -> None:
    made = rebuilt(FRAME, lambda _, leaf: np.arange(3) if isinstance(leaf, np.ndarray) else leaf)
    assert made.values[0].dtype == "int64"
    assert encode(decode(encode(made))) == encode(made)
