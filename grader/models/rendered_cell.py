"""The cells of a notebook as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """An image in an output, as a data URL."""

    address: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as submitted: its number, its text, and its outputs.

    `prose` is sanitized HTML of its Markdown; it is empty for code, and for text that is shown as written.
    `label` is what Jupyter writes beside code: `In [18]`, or `In [ ]` if it was not run.
    """

    number: int
    is_code: bool
    source: str
    prose: str = ""
    outputs: tuple[str | Picture, ...] = ()
    label: str = ""

    @property
    def first_line(self) -> int:
        """Return the number of the first line that is not empty, from which on its source is shown."""
        return 1 + len(self.source) - len(self.source.lstrip("\n"))
