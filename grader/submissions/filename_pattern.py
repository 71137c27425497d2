"""Match file names with an instructor's pattern, such as `{id}_{name}_{attempt}_{rest}`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.errors import UsageError

FIELDS = ("id", "name", "attempt", "rest")
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern for names; each of `parts` alternates texts and fields, with a text at both ends.

    A field is as short as the text after it allows, and never empty. So a name is scanned once from left to
    right, whatever is in it.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]

    @property
    def telling(self) -> int:
        """Return the number of parts up to the last one with a field other than `rest`."""
        return max(i for i, part in enumerate(self.parts, 1) if {*part[1::2]} - {"rest"})

    def match(self, names: Sequence[str]) -> Mapping[str, str] | None:
        """Return the fields in the first of `names`, one name for each part; None if they do not match."""
        if len(names) < len(self.parts):
            return None
        fields: dict[str, str] = {}
        for part, name in zip(self.parts, names, strict=False):
            found = _fields(part, name)
            if found is None:
                return None
            fields |= {field: text.strip() for field, text in found.items()}
        return fields if all(fields.values()) else None


def read_pattern(text: str) -> Pattern:
    """Parse a pattern; slashes separate folders.

    Raises:
        UsageError: it has no field for the owner, a field is unknown or repeated, or nothing separates two
            fields.
    """
    parts = tuple(tuple(_FIELD.split(part)) for part in text.split("/"))
    fields = [field for part in parts for field in part[1::2]]
    fault = _fault(parts, fields)
    if fault:
        raise UsageError(
            f"--names {text}: {fault}\n"
            "  Write for instance: --names '{id}_{name}_{rest}', or with folders '{name}/{rest}'"
        )
    return Pattern(text, parts)


def _fault(parts: Sequence[Sequence[str]], fields: Sequence[str]) -> str:
    unknown = next((field for field in fields if field not in FIELDS), None)
    if unknown is not None:
        return f"{{{unknown}}} is no field; there are {', '.join(f'{{{field}}}' for field in FIELDS)}"
    if not {"id", "name"} & {*fields}:
        return "neither {id} nor {name} says whose a file is"
    if len({*fields}) < len(fields):
        return "a field is there twice"
    if any("{" in text or "}" in text for part in parts for text in part[::2]):
        return "a brace is open"
    if any(not text for part in parts for text in part[2:-1:2]):
        return "nothing parts two fields"
    return ""


def _fields(part: Sequence[str], name: str) -> dict[str, str] | None:
    """Return the fields of one name, by one part of a pattern."""
    texts, fields = part[::2], part[1::2]
    if not name.startswith(texts[0]) or (not fields and name != texts[0]):
        return None
    found = {}
    at = len(texts[0])
    for field, text in zip(fields[:-1], texts[1:-1], strict=True):
        end = name.find(text, at + 1)
        if end < 0:
            return None
        found[field] = name[at:end]
        at = end + len(text)
    if fields:
        end = len(name) - len(texts[-1])
        if end <= at or not name.endswith(texts[-1]):
            return None
        found[fields[-1]] = name[at:end]
    return found
