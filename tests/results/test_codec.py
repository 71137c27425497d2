"""A report comes back from its bytes as it was, whatever students put into it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import CLASS, GRADED, HOSTILE, WRONG, filled_with, unpacked
from strategies import same, texts, values

from grader.comparison.verdict import Verdict
from grader.models import serialization
from grader.models.report import NOWHERE, Report, Score
from grader.models.serialization import Unsupported
from grader.models.submission import Student
from grader.results.codec import pack, pack_score, unpack_outline, unpack_score


def score_of(actual: Any, expected: Any = None) -> Score:
    return replace(WRONG, cases=(replace(WRONG.cases[0], actual=actual, expected=expected),))


def report_of(actual: Any, expected: Any = None) -> Report:
    return replace(GRADED, exercises=(score_of(actual, expected),))


def spelled(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


@given(values, values)
@settings(max_examples=150)
def test_values_come_back_to_the_last_bit(actual: Any, expected: Any) -> None:
    [score] = unpacked(pack(report_of(actual, expected))).exercises
    assert same(score.cases[0].actual, actual)
    assert same(score.cases[0].expected, expected)


@pytest.mark.parametrize("dtype", serialization.DTYPES, ids=str)
def test_arrays_of_every_type_come_back(dtype: np.dtype[Any]) -> None:
    array = np.array([[0, 1, 1], [1, 0, 1]], dtype)
    assert same(unpack_score(pack_score(score_of(array))).cases[0].actual, array)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(-0.0, id="minus zero"),
        pytest.param(float("nan"), id="not a number"),
        pytest.param(complex(-0.0, float("inf")), id="complex"),
        pytest.param(2**8000, id="an integer of a thousand bytes"),
        pytest.param(("a", (1, [2, {"b": ()}])), id="tuples in lists in tuples"),
        pytest.param("a\ud800\x1b]0;b\x07\u202e", id="hostile text, to the last code point"),
    ],
)
def test_a_value_that_is_easily_spoilt_comes_back(value: Any) -> None:
    assert same(unpack_score(pack_score(score_of([value]))).cases[0].actual, [value])


def test_what_could_not_cross_is_still_named() -> None:
    found = unpack_score(pack_score(score_of([Unsupported("Model"), 10**9999]))).cases[0].actual
    assert [each.type_name for each in found] == ["Model", "very long integer"]


students = st.builds(Student, texts, texts, texts, texts, st.dictionaries(texts.map(spelled), texts))
reports = st.builds(
    Report,
    id=texts,
    file=texts,
    sha256=texts,
    status=st.sampled_from(["graded", "unreadable", "failed", "not_submitted"]),
    points=st.none() | st.floats(allow_nan=False),
    max_points=st.floats(allow_nan=False),
    seconds=st.floats(0),
    notes=st.lists(texts, max_size=2).map(tuple),
    exercises=st.lists(
        st.builds(
            replace,
            st.just(replace(WRONG, cases=())),
            message=texts,
            source=texts,
            cause=st.none() | texts,
            verdict=st.sampled_from(Verdict),
            line=st.none() | st.integers(1, 10**9),
            comments=st.lists(texts, max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    student=st.none() | students,
    late=st.booleans(),
    submitted=texts,
)


def written_out(value: Any) -> Any:
    """A report as plain values, its lone surrogates spelled."""
    match value:
        case str():
            return spelled(value)
        case dict():
            return {key: written_out(item) for key, item in value.items()}
        case list() | tuple():
            return [*map(written_out, value)]
        case _:
            return value


@given(reports)
@settings(max_examples=100)
def test_texts_and_numbers_come_back_and_no_text_is_too_hostile(report: Report) -> None:
    assert written_out(asdict(unpacked(pack(report)))) == written_out(asdict(report))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_comes_back_as_it_was_but_for_lone_surrogates(text: str) -> None:
    report = unpacked(pack(filled_with(text)))
    assert (report.file, report.exercises[0].source) == (spelled(text), spelled(text))
    assert report.exercises[0].cases[0].actual == text


def test_equal_reports_have_equal_bytes() -> None:
    for report in CLASS:
        assert pack(unpacked(pack(report))) == pack(report)


def test_arrays_that_come_back_cannot_be_written_to() -> None:
    [score] = unpacked(pack(report_of(np.zeros(2)))).exercises
    with pytest.raises(ValueError, match="read-only"):
        score.cases[0].actual[0] = 1


def test_the_same_score_is_there_once_whoever_has_it_and_wherever() -> None:
    elsewhere = replace(WRONG, cell=3, line=None, source_cell=4, first_line=5)
    one, other = (
        pack(replace(GRADED, id=name, exercises=scores))
        for name, scores in (("ann", (WRONG, elsewhere)), ("bob", (elsewhere,)))
    )
    assert one.scores == other.scores
    assert [*one.scores.values()] == [pack_score(replace(WRONG, **NOWHERE))]
    [score] = unpacked(other).exercises
    assert (score.cell, score.line, score.source_cell, score.first_line) == (3, None, 4, 5)


def test_scores_that_are_one_wherever_they_stand_are_one_when_they_come_back() -> None:
    elsewhere = replace(WRONG, cell=3)
    packed = pack(replace(GRADED, exercises=(WRONG, elsewhere)))
    outline = unpack_outline(packed.outline)
    [digest] = packed.scores
    score = unpack_score(packed.scores[digest])
    here, there = outline.filled([score, score]).exercises
    assert (here.cell, there.cell) == (WRONG.cell, 3)
    assert here.anywhere is there.anywhere is score


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(pack(GRADED).outline[:-9], id="half of one"),
        pytest.param(msgspec.msgpack.encode({"id": "ann"}), id="fields are missing"),
        pytest.param(pack_score(WRONG), id="a score"),
    ],
)
def test_other_bytes_are_no_outline(data: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        unpack_outline(data)


SCORED = pack_score(score_of(0.5))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SCORED[:-9], id="half of one"),
        pytest.param(pack(GRADED).outline, id="a report"),
        pytest.param(SCORED.replace(serialization.encode(0.5), b"Z" + bytes(8)), id="no value of ours"),
        pytest.param(
            SCORED.replace(b"\x01" + serialization.encode(0.5), b"\x07" + serialization.encode(0.5)),
            id="another extension type",
        ),
    ],
)
def test_other_bytes_are_no_score(data: bytes) -> None:
    with pytest.raises((msgspec.DecodeError, ValueError)):
        unpack_score(data)
