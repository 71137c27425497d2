"""Writes programs for the kernel's packet filter machine, classic BPF.

The machine has one accumulator, jumps that only go forward, and ends with a verdict. A program is
written here as blocks. A block gives a verdict or falls through to the next, and a condition holds
the blocks that it guards, so their length is the distance of its jump.
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
"""The bytes of one encoded instruction."""
OPERAND_OFFSET = struct.calcsize("=HBB")
"""Where the operand, 32 bits, is in an encoded instruction."""


@dataclass(frozen=True)
class Instruction:
    """One instruction; `yes` and `no` are how many instructions its jump leaves out."""

    code: int
    operand: int
    yes: int = 0
    no: int = 0


Block = tuple[Instruction, ...]


def encode(block: Block) -> bytes:
    """Return `block` as the kernel reads it. Raises `struct.error` when a jump exceeds 255."""
    return b"".join(_FORMAT.pack(each.code, each.yes, each.no, each.operand) for each in block)


def join(*blocks: Iterable[Instruction]) -> Block:
    """Return the blocks one after the other."""
    return tuple(chain.from_iterable(blocks))


def load(offset: int) -> Block:
    """Load the 32 bits at `offset` of what is filtered into the accumulator."""
    return (Instruction(_LOAD_WORD, offset),)


def give(verdict: int) -> Block:
    """End with `verdict`."""
    return (Instruction(_RETURN, verdict),)


def when_among(values: Sequence[int], *guarded: Block) -> Block:
    """Run `guarded` if the accumulator is one of `values`, which may be none."""
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
    """Run `guarded` unless the accumulator is `value`."""
    body = join(*guarded)
    return (Instruction(_IF_EQUAL, value, yes=len(body)), *body)


def when_at_least(value: int, *guarded: Block) -> Block:
    """Run `guarded` if the accumulator, unsigned, is `value` or more."""
    body = join(*guarded)
    return (Instruction(_IF_AT_LEAST, value, no=len(body)), *body)


def when_any_bit(mask: int, *guarded: Block) -> Block:
    """Run `guarded` if the accumulator has any of the bits of `mask`."""
    body = join(*guarded)
    return (Instruction(_IF_ANY_BIT, mask, no=len(body)), *body)


def by_value(blocks: Mapping[int, Block], otherwise: Block) -> Block:
    """Run the block of the accumulator's value, found by halving. Each block has to give a verdict.

    The values are below 2**32 - 1.
    A linear search costs more than time: the kernel tries each system call when a filter is put on.
    """
    wanted = {0: otherwise} | {value + 1: otherwise for value in blocks} | dict(blocks)
    starts: list[tuple[int, Block]] = []
    for start, block in sorted(wanted.items()):
        if not starts or starts[-1][1] != block:
            starts.append((start, block))
    return _halved(starts)


def _halved(starts: Sequence[tuple[int, Block]]) -> Block:
    """Run the block of the last start that the accumulator reaches."""
    if len(starts) == 1:
        return starts[0][1]
    middle = len(starts) // 2
    below = _halved(starts[:middle])
    return (
        Instruction(_IF_AT_LEAST, starts[middle][0], yes=len(below)),
        *below,
        *_halved(starts[middle:]),
    )
