"""What processes that were forked from one tell each other: each writes a file, which the others read."""

from __future__ import annotations

import contextlib
import copy
import os
import tempfile
from collections.abc import Iterator
from typing import Self

ROOM = 16 << 20
"""Bytes that one process may say. Where everything is new to everybody, nobody profits from more."""

_HEADER = 4
"""A message is its length in four bytes, little-endian, and then that many bytes."""


class Board:
    """Short messages to all others. Made before the processes are forked; each then takes a seat.

    Args:
        seats: how many processes there will be.

    Raises:
        OSError: there is no room for temporary files.
    """

    def __init__(self, seats: int) -> None:
        self._files = [tempfile.TemporaryFile(buffering=0) for _ in range(seats)]  # noqa: SIM115
        self._read = [0] * seats
        self._seat = 0

    def close(self) -> None:
        """Close the files, which nobody else has a name for."""
        for file in self._files:
            file.close()

    def seat(self, number: int) -> Self:
        """The board as one of the processes has it. `number` is from 0, and another one for each."""
        board = copy.copy(self)
        board._seat, board._read = number, [0] * len(self._files)
        return board

    def post(self, message: bytes) -> None:
        """Tell the others, as long as there is room. Whether they hear it makes no difference but in time."""
        written = self._read[self._seat]
        data = len(message).to_bytes(_HEADER, "little") + message
        if written + len(data) > ROOM:
            return
        self._read[self._seat] = ROOM  # unless all of it can be written: on a full disk there is no more
        with contextlib.suppress(OSError):
            if os.pwrite(self._files[self._seat].fileno(), data, written) == len(data):
                self._read[self._seat] = written + len(data)

    def news(self) -> Iterator[bytes]:
        """What the others have said since this was last asked."""
        for seat, file in enumerate(self._files):
            if seat != self._seat and (left := os.fstat(file.fileno()).st_size - self._read[seat]) > 0:
                yield from self._messages(seat, os.pread(file.fileno(), left, self._read[seat]))

    def _messages(self, seat: int, data: bytes) -> Iterator[bytes]:
        """The whole messages at the beginning of `data`."""
        start = 0
        while len(data) >= (begin := start + _HEADER):
            end = begin + int.from_bytes(data[start:begin], "little")
            if end > len(data):
                return  # its author is still writing
            self._read[seat] += end - start
            yield data[begin:end]
            start = end
