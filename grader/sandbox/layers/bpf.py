"""Assemble programs for classic BPF, the kernel's packet filter machine.

The machine has one accumulator and forward jumps only, and ends with a verdict. A program is written as
blocks. A block returns a verdict or falls through to the next, and a condition contains the blocks that it
guards, so their length is the distance of its jump.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

# linux/bpf_common.h
_LOAD_WORD, _RETURN = 0x20, 0x06
_IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT = 0x15, 0x35, 0x45

_FORMAT = struct.Struct("=HBBI")  # struct sock_filter of linux/filter.h
SIZE = _FORMAT.size
"""Bytes of an encoded instruction."""
OPERAND_OFFSET = struct.calcsize("=HBB")
"""Offset of the operand (32 bits) in an encoded instruction."""


@dataclass(frozen=True)
class Instruction:
    """One instruction; `yes` and `no` are the numbers of instructions to skip."""

    code: int
    operand: int
    yes: int = 0
    no: int = 0


Block = tuple[Instruction, ...]


def encode(block: Block) -> bytes:
    """Encode a block for the kernel.

    Raises:
        struct.error: a jump exceeds 255.
    """
    return b"".join(_FORMAT.pack(each.code, each.yes, each.no, each.operand) for each in block)


def join(*blocks: Iterable[Instruction]) -> Block:
    """Concatenate blocks."""
    return tuple(chain.from_iterable(blocks))


def load(offset: int) -> Block:
    """Load 32 bits of the filtered data, at `offset`, into the accumulator."""
    return (Instruction(_LOAD_WORD, offset),)


def give(verdict: int) -> Block:
    """Return `verdict`."""
    return (Instruction(_RETURN, verdict),)


def when_among(values: Sequence[int], *guarded: Block) -> Block:
    """Run `guarded` if the accumulator is one of `values`.

    Args:
        values: the values; none of them skips `guarded`.
        guarded: blocks.

    Returns:
        a block.
    """
    if not values:
        return ()
    body = join(*guarded)
    *others, last = values
    into_body = range(len(others), 0, -1)
    return (
        *(
            Instruction(_IF_EQUAL, value, yes=distance)
            for value, distance in zip(others, into_body, strict=True)
        ),
        Instruction(_IF_EQUAL, last, no=len(body)),
        *body,
    )


def unless_equal(value: int, *guarded: Block) -> Block:
    """Run `guarded` unless the accumulator equals `value`.

    Args:
        value: the value.
        guarded: blocks.

    Returns:
        a block.
    """
    body = join(*guarded)
    return (Instruction(_IF_EQUAL, value, yes=len(body)), *body)


def when_at_least(value: int, *guarded: Block) -> Block:
    """Run `guarded` if the accumulator, unsigned, is `value` or more.

    Args:
        value: the value.
        guarded: blocks.

    Returns:
        a block.
    """
    body = join(*guarded)
    return (Instruction(_IF_AT_LEAST, value, no=len(body)), *body)


def when_any_bit(mask: int, *guarded: Block) -> Block:
    """Run `guarded` if the accumulator has any bit of `mask`.

    Args:
        mask: the bits.
        guarded: blocks.

    Returns:
        a block.
    """
    body = join(*guarded)
    return (Instruction(_IF_ANY_BIT, mask, no=len(body)), *body)


def by_value(blocks: Mapping[int, Block], otherwise: Block) -> Block:
    """Run the block for the accumulator's value, found by binary search.

    Linear search costs more than time: the kernel evaluates a filter for every call when it is installed.

    Args:
        blocks: value -> block; values are below 2**32 - 1, and every block returns a verdict.
        otherwise: the block for all other values.

    Returns:
        a block.
    """
    wanted = {0: otherwise} | {value + 1: otherwise for value in blocks} | dict(blocks)
    starts: list[tuple[int, Block]] = []
    for start, block in sorted(wanted.items()):
        if not starts or starts[-1][1] != block:
            starts.append((start, block))
    return _halved(starts)


def _halved(starts: Sequence[tuple[int, Block]]) -> Block:
    """Run the block of the last start that is not above the accumulator."""
    if len(starts) == 1:
        return starts[0][1]
    middle = len(starts) // 2
    below = _halved(starts[:middle])
    return (
        Instruction(_IF_AT_LEAST, starts[middle][0], yes=len(below)),
        *below,
        *_halved(starts[middle:]),
    )
