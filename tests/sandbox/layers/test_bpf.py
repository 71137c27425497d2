"""Tests of the blocks of filter programs."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.layers import bpf

from .machine import run_filter

YES, NO = bpf.give(1), bpf.give(0)
WORDS = st.integers(0, 2**32 - 1)


def answer(word: int, *blocks: bpf.Block) -> int:
    """Run blocks with `word` in the accumulator."""
    return run_filter(bpf.encode(bpf.join(bpf.load(0), *blocks)), struct.pack("=I", word))


@given(WORDS, st.lists(WORDS, max_size=5), st.booleans())
def test_when_among_guards_its_block(word: int, values: list[int], pick: bool) -> None:
    word = values[-1] if pick and values else word
    assert answer(word, bpf.when_among(values, YES), NO) == (word in values)


@given(st.lists(WORDS, min_size=1, max_size=5, unique=True))
def test_when_among_finds_each_of_its_values(values: list[int]) -> None:
    assert [answer(value, bpf.when_among(values, YES), NO) for value in values] == [1] * len(values)


@given(WORDS)
def test_a_block_guarded_by_no_value_never_runs(word: int) -> None:
    assert answer(word, bpf.when_among([], YES), NO) == 0


@given(WORDS, WORDS, st.booleans())
def test_unless_equal_guards_its_block(word: int, value: int, same: bool) -> None:
    word = value if same else word
    assert answer(word, bpf.unless_equal(value, YES), NO) == (word != value)


@given(WORDS, WORDS)
def test_when_at_least_compares_without_sign(word: int, value: int) -> None:
    assert answer(word, bpf.when_at_least(value, YES), NO) == (word >= value)


@given(WORDS, WORDS)
def test_when_any_bit_takes_one_common_bit(word: int, mask: int) -> None:
    assert answer(word, bpf.when_any_bit(mask, YES), NO) == (word & mask != 0)


@given(WORDS)
def test_conditions_nest(word: int) -> None:
    even_and_large = bpf.when_at_least(100, bpf.when_any_bit(1, NO), YES)
    assert answer(word, even_and_large, NO) == (word >= 100 and word % 2 == 0)


@given(WORDS, st.dictionaries(st.integers(0, 2**32 - 2), st.sampled_from([2, 3, 4]), max_size=40), st.data())
def test_a_value_has_its_own_block(word: int, verdicts: dict[int, int], data: st.DataObject) -> None:
    near = data.draw(st.sampled_from([word, *verdicts])) + data.draw(st.sampled_from([-1, 0, 1]))
    program = bpf.by_value({value: bpf.give(verdict) for value, verdict in verdicts.items()}, bpf.give(1))
    assert answer(near % 2**32, program) == verdicts.get(near % 2**32, 1)


def test_values_that_share_a_block_are_one_range() -> None:
    program = bpf.by_value(dict.fromkeys(range(5, 200), YES), NO)
    assert len(program) == len(bpf.by_value({5: YES}, NO)) == 5


def test_a_block_of_one_value_may_look_further() -> None:
    program = bpf.by_value({7: bpf.join(bpf.load(0), bpf.when_any_bit(2, YES), NO)}, NO)
    assert [answer(word, program) for word in (6, 7, 8)] == [0, 1, 0]


def test_a_jump_that_is_too_long_is_refused() -> None:
    long = bpf.when_any_bit(1, *[YES] * 256)
    with pytest.raises(struct.error):
        bpf.encode(long)
