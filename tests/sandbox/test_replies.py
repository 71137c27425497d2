"""The usual reply is encoded and decoded on a shorter way, and nothing else is different on it."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import floats, same

from grader.models import serialization
from grader.sandbox import replies as module
from grader.sandbox.replies import SHORT, decoded_reply, encoded_reply

USUAL = encoded_reply(("returned", 0.25, b"value", []))
SECONDS, VALUE = USUAL.index(struct.pack("<d", 0.25)), USUAL.index(b"value")

replies = st.one_of(
    st.tuples(st.just("returned"), floats, st.binary(max_size=300), st.lists(st.integers(0, 9), max_size=2)),
    st.tuples(st.just("raised"), floats, st.tuples(st.text(max_size=9), st.text(max_size=9), st.just([]))),
    st.just(("missing",)),
    st.just("ready"),
    st.lists(st.text(max_size=9), max_size=3),
)


def decoded(data: bytes, decode: Any) -> Any:
    """What bytes are decoded to; that they make no sense, if they make none."""
    try:
        return decode(data)
    except serialization.WireError:
        return serialization.WireError


@given(replies)
def test_a_reply_has_the_bytes_that_any_value_has_and_comes_back(reply: Any) -> None:
    data = encoded_reply(reply)
    assert data == serialization.encode(reply)
    assert same(decoded_reply(data), reply)


@given(st.binary(max_size=40), st.integers(0, len(USUAL)), st.integers(0, len(USUAL)))
def test_a_reply_with_other_bytes_in_it_is_what_it_is_without_the_shorter_way(
    other: bytes, start: int, end: int
) -> None:
    data = USUAL[:start] + other + USUAL[max(start, end) :]
    assert same(decoded(data, decoded_reply), decoded(data, serialization.decode))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(USUAL.replace(b"\5\0\0\0value", b"\4\0\0\0value"), id="a value longer than it says"),
        pytest.param(USUAL.replace(b"\5\0\0\0value", b"\xff\xff\xff\xffvalue"), id="a shorter one"),
        pytest.param(USUAL[: SECONDS - 1] + b"I" + USUAL[SECONDS:], id="whole seconds"),
        pytest.param(USUAL[: VALUE - 5] + b"S" + USUAL[VALUE - 4 :], id="a text for a value"),
        pytest.param(USUAL[:VALUE] + USUAL[-5:], id="no value"),
        pytest.param(USUAL[:-5] + b"U" + USUAL[-4:], id="a tuple of changes"),
        pytest.param(USUAL + USUAL, id="two"),
        pytest.param(USUAL[:18] + USUAL[-5:], id="neither seconds nor a value"),
        pytest.param(b"L" + USUAL[1:], id="a list"),
        pytest.param(USUAL.replace(b"returned", b"returnee"), id="another word"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_only_looks_like_the_usual_reply_is_not_taken_for_it(data: bytes) -> None:
    found = decoded(data, decoded_reply)
    assert same(found, decoded(data, serialization.decode))
    assert not same(found, decoded_reply(USUAL))


@pytest.mark.parametrize("size", [SHORT - 1, SHORT, SHORT + 1])
def test_a_large_value_goes_the_longer_way_and_is_the_same(size: int) -> None:
    reply = ("returned", 0.5, bytes(size), [])
    data = encoded_reply(reply)
    assert data == serialization.encode(reply)
    assert decoded_reply(data) == reply


def test_what_is_too_large_is_refused_as_it_is_without_the_shorter_way() -> None:
    most = serialization.MAX_BYTES
    for value in (bytes(most - 10), bytes(most)):
        with pytest.raises(serialization.WireError, match="too large"):
            encoded_reply(("returned", 0.5, value, []))
    size = (most + 1).to_bytes(4, "little")
    data = USUAL[: VALUE - 4] + size + bytes(most + 1) + USUAL[-5:]
    with pytest.raises(serialization.WireError, match="too long"):
        decoded_reply(data)


def test_the_usual_reply_does_not_go_the_longer_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "serialization", None)
    assert encoded_reply(("returned", 0.25, b"value", [])) == USUAL
    assert decoded_reply(USUAL) == ("returned", 0.25, b"value", [])
