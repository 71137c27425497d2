"""Public cases come back from disk as they were."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparison.verdict import Tolerance
from grader.models import serialization
from grader.public_tests.case_file import PublicCase, PublicExercise, read_public, write_public

NAMES = st.text("abcdefgWXYZ_0123456789 éλ", min_size=1, max_size=8)
ARRAYS = st.sampled_from(["float64", "float32", "int64", "bool", "complex128"]).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=4))
)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.complex_numbers(),
    NAMES,
    st.just(""),
    ARRAYS,
)
VALUES = st.recursive(
    PLAIN,
    lambda inside: st.one_of(
        st.lists(inside, max_size=12),
        st.lists(inside, max_size=3).map(tuple),
        st.dictionaries(NAMES, inside, max_size=4),
    ),
    max_leaves=15,
)


def through_a_file(exercises: tuple[PublicExercise, ...]) -> tuple[PublicExercise, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cases.h5")
        write_public(path, exercises)
        return read_public(path)


def one_case(*args: Any, expected: Any = None) -> PublicExercise:
    return PublicExercise("f", ("y",), Tolerance(), (PublicCase("public-1", args, expected, 7),))


@settings(max_examples=60)
@given(st.lists(VALUES, max_size=3).map(tuple), VALUES)
def test_a_case_comes_back_as_it_was(args: tuple[Any, ...], expected: Any) -> None:
    (read,) = through_a_file((one_case(*args, expected=expected),))
    (case,) = read.cases
    assert (case.id, case.seed) == ("public-1", 7)
    assert serialization.encode(case.args) == serialization.encode(args)
    assert serialization.encode(case.expected) == serialization.encode(expected)


def test_exercises_and_cases_keep_their_order_and_settings() -> None:
    names = [f"f{i}" for i in range(12)]
    cases = tuple(PublicCase(f"public-{i}", (i,), i, i) for i in range(12, 0, -1))
    exercises = tuple(
        PublicExercise(name, ("a", "b"), Tolerance(1e-3, 0.0, 1e-6, ("either_sign",)), cases)
        for name in reversed(names)
    )
    assert through_a_file(exercises) == exercises


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(list(range(11)), id="item 10 does not come after item 1"),
        pytest.param({"b": 1, "a": 2}, id="keys in their own order"),
        pytest.param(np.float64(0.1), id="a NumPy number"),
        pytest.param({"": 1, "a/b": 2, ".": 3}, id="keys that HDF5 cannot name"),
    ],
)
def test_order_and_type_are_kept(value: Any) -> None:
    (read,) = through_a_file((one_case(value),))
    assert serialization.encode(read.cases[0].args) == serialization.encode((value,))
    assert list(read.cases[0].args[0]) == list(value) if isinstance(value, dict) else True


def test_equal_large_arrays_are_stored_once_and_compressed(tmp_path: Path) -> None:
    path, large = tmp_path / "cases.h5", np.zeros((400, 100))
    cases = tuple(
        PublicCase(f"public-{i}", (large.copy(), [large.copy()], np.arange(3.0) + i), large + 1, i)
        for i in range(4)
    )
    write_public(path, [PublicExercise("f", ("y",), Tolerance(), cases)])
    assert path.stat().st_size < large.nbytes
    with h5py.File(path) as file:
        first, second = file["f/public-0/args/0"], file["f/public-3/args/1/0"]
        assert first == second  # the same object in the file
        assert (first.compression, first.shuffle) == ("gzip", True)
        assert first != file["f/public-0/expected"]
        assert file["f/public-0/args/2"].compression is None
    [read] = read_public(path)
    for case, known in zip(read.cases, cases, strict=True):
        assert serialization.encode((case.args, case.expected)) == serialization.encode(
            (known.args, known.expected)
        )


def test_large_arrays_of_other_types_or_shapes_are_others(tmp_path: Path) -> None:
    path, zeros = tmp_path / "cases.h5", np.zeros((400, 100))
    args = zeros, zeros.reshape(100, 400), zeros.astype("int64")
    write_public(path, [PublicExercise("f", ("y",), Tolerance(), (PublicCase("c", args, 0.0, 1),))])
    [read] = read_public(path)
    assert [(a.shape, a.dtype.str) for a in read.cases[0].args] == [(a.shape, a.dtype.str) for a in args]
