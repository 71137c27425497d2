"""A whole report as bytes and back, its sources and arrays with it: MessagePack around `grader.wire`."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgspec

from grader import wire
from grader.model import CaseResult, Report, Score, Value

_WIRED = 1
"""The MessagePack extension type of a value that `grader.wire` encoded."""


def pack(report: Report) -> bytes:
    """The bytes of a report. Equal reports give equal bytes."""
    return _ENCODER.encode(dataclasses.replace(report, exercises=tuple(map(_packable, report.exercises))))


def unpack(data: bytes) -> Report:
    """The report that `pack` made into bytes.

    Raises:
        msgspec.DecodeError: the bytes are anything else.
    """
    return _DECODER.decode(data)


def pack_score(score: Score) -> bytes:
    """The bytes of one exercise's score."""
    return _ENCODER.encode(_packable(score))


def unpack_score(data: bytes) -> Score:
    """The score that `pack_score` made into bytes."""
    return _SCORE_DECODER.decode(data)


def _packable(score: Score) -> Score:
    if not any(_has_values(case) for case in score.cases):
        return score
    return dataclasses.replace(score, cases=tuple(map(_wired, score.cases)))


def _has_values(case: CaseResult) -> bool:
    return case.actual is not None or case.expected is not None


def _wired(case: CaseResult) -> CaseResult:
    """A case whose values are what MessagePack can hold."""
    if not _has_values(case):
        return case
    return dataclasses.replace(case, actual=_ext(case.actual), expected=_ext(case.expected))


def _ext(value: Value) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(_WIRED, wire.encode(value))


def _value(code: int, data: memoryview) -> Any:
    if code != _WIRED:
        raise ValueError(f"there is no extension type {code}")
    return wire.decode(bytes(data), writable=False)


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Report, ext_hook=_value)
_SCORE_DECODER = msgspec.msgpack.Decoder(Score, ext_hook=_value)
