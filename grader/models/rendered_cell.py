"""What a page shows of a notebook, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that an output has, as the address of its data."""

    address: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it was handed in: its number of all, its text, and what it printed and drew.

    `prose` is harmless HTML that Markdown makes; it is empty for code, and for what is shown as written.
    """

    number: int
    is_code: bool
    source: str
    prose: str = ""
    outputs: tuple[str | Picture, ...] = ()
