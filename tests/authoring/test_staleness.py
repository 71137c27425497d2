"""A generated file is current when its numbers differ by rounding alone, and all else not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.authoring.staleness import fault, same_case
from grader.comparison.verdict import Tolerance
from grader.public_tests.case_file import PublicCase, PublicExercise, write_public

ONES = np.ones((2, 3))
NEXT = np.nextafter(1, 2)


def case(args: Any = (ONES,), expected: Any = 1.0, case_id: str = "public-1", seed: int = 7) -> PublicCase:
    return PublicCase(case_id, args, expected, seed)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(case((ONES,)), case((ONES * NEXT,)), id="an argument's last bit"),
        pytest.param(case(expected=1.0), case(expected=float(NEXT)), id="an answer's last bit"),
        pytest.param(case(({"W1": ONES},)), case(({"W1": ONES * NEXT},)), id="in a dictionary"),
        pytest.param(case(expected=0.0), case(expected=-1.4e-17), id="what rounding leaves of zero"),
        pytest.param(
            case(expected=(ONES, np.zeros((2, 1)))),
            case(expected=(ONES, np.full((2, 1), 3e-16))),
            id="an array of what rounding leaves of zero",
        ),
        pytest.param(
            case(expected=np.float32([1, 0.5])),
            case(expected=np.float32([1, 0.500001])),
            id="single precision",
        ),
        pytest.param(case(expected=1j), case(expected=1j * NEXT), id="complex"),
        pytest.param(
            case(expected=np.array([np.nan, np.inf, 1])),
            case(expected=np.array([np.nan, np.inf, NEXT])),
            id="beside what is not a number",
        ),
    ],
)
def test_cases_that_differ_by_rounding_are_the_same(one: PublicCase, other: PublicCase) -> None:
    assert same_case(one, other)
    assert same_case(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(case(), case(case_id="public-2"), id="id"),
        pytest.param(case(), case(seed=8), id="seed"),
        pytest.param(case(expected=1.0), case(expected=1 + 1e-6), id="a value"),
        pytest.param(case((ONES,)), case((ONES + 1e-6,)), id="an argument"),
        pytest.param(case(expected=1.0), case(expected=1), id="type"),
        pytest.param(case(expected=1.0), case(expected=np.float64(1)), id="a number of NumPy's"),
        pytest.param(case(expected=ONES), case(expected=np.float32(ONES)), id="dtype"),
        pytest.param(case(expected=ONES), case(expected=ONES.T), id="shape"),
        pytest.param(case(expected=(1.0, 2.0)), case(expected=[1.0, 2.0]), id="a list for a tuple"),
        pytest.param(case(expected=(1.0,)), case(expected=(1.0, 2.0)), id="length"),
        pytest.param(case(({"W": 1.0},)), case(({"b": 1.0},)), id="key"),
        pytest.param(case(({"W": 1.0, "b": 1.0},)), case(({"b": 1.0, "W": 1.0},)), id="order of keys"),
        pytest.param(case(("relu",)), case(("sigmoid",)), id="text"),
        pytest.param(case((True,)), case((False,)), id="truth value"),
        pytest.param(case((None,)), case((0.0,)), id="nothing"),
        pytest.param(case((10**9,)), case((10**9 + 1,)), id="integer"),
        pytest.param(case(expected=np.array([1, 2])), case(expected=np.array([1, 3])), id="integers"),
        pytest.param(case(expected=np.nan), case(expected=1.0), id="not a number"),
        pytest.param(case(expected=np.inf), case(expected=-np.inf), id="the other infinity"),
        pytest.param(case(expected=1e308), case(expected=-1e308), id="as far apart as can be"),
    ],
)
def test_cases_that_differ_in_anything_else_are_not(one: PublicCase, other: PublicCase) -> None:
    assert not same_case(one, other)
    assert not same_case(other, one)


@given(
    npst.arrays(np.float64, (3,), elements=st.floats(-1e6, 1e6)),
    npst.arrays(np.float64, (3,), elements=st.floats(-1, 1)),
)
def test_rounding_is_forgiven_in_every_array(array: Any, direction: Any) -> None:
    off = array + direction * 4 * np.spacing(np.abs(array).max())
    assert same_case(case(expected=array), case(expected=off))


def written(path: Path, **changes: Any) -> bytes:
    settings: dict[str, Any] = {"name": "cost", "results": ("cost",), "tolerance": Tolerance()}
    settings |= {"cases": (case(),), **changes}
    write_public(path, [PublicExercise(**settings)])
    return path.read_bytes()


def test_a_file_with_other_last_bits_is_current(tmp_path: Path) -> None:
    data = written(tmp_path / "cases.h5", cases=(case(expected=float(NEXT)),))
    assert data != written(tmp_path / "other.h5")
    assert fault(tmp_path / "other.h5", data) == ""


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"name": "price"}, id="name"),
        pytest.param({"results": ("J",)}, id="results"),
        pytest.param({"tolerance": Tolerance(rtol=1e-4)}, id="tolerance"),
        pytest.param({"cases": (case(), case(case_id="public-2"))}, id="one more case"),
        pytest.param({"cases": ()}, id="no case"),
    ],
)
def test_a_file_with_anything_else_is_not(tmp_path: Path, changes: dict[str, Any]) -> None:
    data = written(tmp_path / "cases.h5", **changes)
    written(tmp_path / "other.h5")
    assert fault(tmp_path / "other.h5", data) == "is not current"


@pytest.mark.parametrize("name", ["stub.ipynb", "public_tests.py"])
def test_of_a_notebook_and_a_program_every_byte_counts(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x = 1.0\n")
    assert fault(tmp_path / name, b"x = 1.0\n") == ""
    assert fault(tmp_path / name, b"x = 1.0000000000000002\n") == "is not current"


def test_what_is_no_file_of_cases_is_not_current(tmp_path: Path) -> None:
    data = written(tmp_path / "cases.h5")
    (tmp_path / "text.h5").write_text("no cases")
    assert fault(tmp_path / "text.h5", data) == "is not current"
    assert fault(tmp_path / "absent.h5", data) == "is missing"
