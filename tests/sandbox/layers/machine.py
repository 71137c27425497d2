"""A packet filter machine in Python, to ask filter programs what they would say."""

from __future__ import annotations

import struct


def run_filter(code: bytes, filtered: bytes) -> int:
    """Return the verdict of `code` on `filtered`; a fault of the program is an exception.

    The instructions are those of linux/bpf_common.h that a seccomp program may use and ours does.
    """
    program = list(struct.iter_unpack("=HBBI", code))
    accumulator = at = 0
    while True:
        operation, yes, no, operand = program[at]
        at += 1
        match operation:
            case 0x20:
                (accumulator,) = struct.unpack_from("=I", filtered, operand)
            case 0x15:
                at += yes if accumulator == operand else no
            case 0x35:
                at += yes if accumulator >= operand else no
            case 0x45:
                at += yes if accumulator & operand else no
            case 0x06:
                return int(operand)
            case _:
                raise ValueError(f"no such instruction: {operation:#x}")
