"""Encodes and decodes whole reports, with sources and arrays: MessagePack around `serialization`."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from grader.models import serialization
from grader.models.report import NOWHERE, CaseResult, Repair, Report, Score, StoredReport, StoredScore
from grader.models.values import Value

_WIRED = 1
"""The MessagePack extension type of a value that `models.serialization` encoded."""


class Packed(NamedTuple):
    """An encoded report. Its scores are encoded separately, without their places, since many share them."""

    outline: bytes
    scores: Mapping[bytes, bytes]


def pack(report: Report) -> Packed:
    """A report as bytes. Equal reports give equal bytes.

    A lone surrogate in a text, which no encoding has, is spelled as a Python escape.
    """
    scores = [*map(_stored, report.exercises)]
    stored = StoredReport(
        id=report.id,
        file=report.file,
        sha256=report.sha256,
        status=report.status,
        points=report.points,
        max_points=report.max_points,
        seconds=report.seconds,
        notes=report.notes,
        exercises=tuple([score for score, _ in scores]),
        student=report.student,
        late=report.late,
        submitted=report.submitted,
        listed=report.listed,
    )
    return Packed(packed(stored), {score.sha256: data for score, data in scores})


def unpack_outline(data: bytes) -> StoredReport:
    """What `pack` made of a report, but for its scores.

    Raises:
        msgspec.DecodeError: the bytes are anything else.
    """
    return _OUTLINE_DECODER.decode(data)


def pack_score(score: Score) -> bytes:
    """Encode one score."""
    return packed(_packable(score))


def unpack_score(data: bytes) -> Score:
    """The score that `pack_score` made into bytes.

    Raises:
        msgspec.DecodeError: the bytes are anything else.
        ValueError: so are those of a value in it.
    """
    return _SCORE_DECODER.decode(data)


def unpack_repair(data: bytes) -> Repair:
    """Decode what `packed` made of a repair.

    Raises:
        msgspec.DecodeError: the bytes are anything else.
    """
    return _REPAIR_DECODER.decode(data)


def with_repair(score: Score, repair: Repair | None) -> Score:
    """Return a score with the place of its repair, if one was found.

    Args:
        score: the score, without its place.
        repair: the repair.

    Returns:
        the score.
    """
    return dataclasses.replace(score, repair=repair) if repair else score


def packed(value: Any) -> bytes:
    """Encode a dataclass as MessagePack, with lone surrogates as Python escapes."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_spelled(value))


def _spelled(value: Any) -> Any:
    """Replace what UTF-8 cannot encode by Python escapes, in all texts of a value."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, tuple):
        return tuple(map(_spelled, value))
    if isinstance(value, dict):
        return {_spelled(key): _spelled(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _spelled(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


def _stored(score: Score) -> tuple[StoredScore, bytes]:
    """Return a score as a reference by its digest, and its bytes without its place."""
    nowhere = score.anywhere or dataclasses.replace(score, **NOWHERE)
    digest, data = _addressed(nowhere)
    stored = StoredScore(
        name=score.name,
        points=score.points,
        max_points=score.max_points,
        verdict=score.verdict,
        sha256=digest,
        cell=score.cell,
        line=score.line,
        source_cell=score.source_cell,
        first_line=score.first_line,
        lacks=score.lacks,
        bonus=score.bonus,
        where=score.where,
    )
    return stored, data


@functools.lru_cache(maxsize=1024)  # what is remembered of a function is one score for all who wrote it
def _addressed(score: Score) -> tuple[bytes, bytes]:
    data = pack_score(score)
    return hashlib.sha256(data).digest(), data


def _packable(score: Score) -> Score:
    if not any(_has_values(case) for case in score.cases):
        return score
    return dataclasses.replace(score, cases=tuple(map(_wired, score.cases)))


def _has_values(case: CaseResult) -> bool:
    return case.actual is not None or case.expected is not None


def _wired(case: CaseResult) -> CaseResult:
    """Encode the values of a case for MessagePack."""
    if not _has_values(case):
        return case
    return dataclasses.replace(case, actual=_ext(case.actual), expected=_ext(case.expected))


def _ext(value: Value) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(_WIRED, serialization.encode(value))


def _value(code: int, data: memoryview) -> Any:
    if code != _WIRED:
        raise ValueError(f"there is no extension type {code}")
    return serialization.decode(bytes(data), writable=False)


_OUTLINE_DECODER = msgspec.msgpack.Decoder(StoredReport)
_REPAIR_DECODER = msgspec.msgpack.Decoder(Repair)
_SCORE_DECODER = msgspec.msgpack.Decoder(Score, ext_hook=_value)
