"""What an instructor may sign off with a reason, and the text to paste for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.assignments.loader import Definition

OPEN = "..."
"""What stands for the reason in a text to paste."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that may be right after all: what is said of a function, and further words on it.

    `says` is the same from run to run, and what an instructor signs off; `advice` need not be.
    """

    function: str
    says: str
    advice: str

    def __str__(self) -> str:
        return f"{self.function}: {self.says}{self.advice}"


def unsigned(definition: Definition, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those of some remarks that nobody has signed off."""
    signed = definition.signed_off
    return tuple(remark for remark in remarks if remark.says not in signed.get(remark.function, {}))


def needless(definition: Definition, remarks: Iterable[Remark]) -> tuple[str, ...]:
    """What is signed off and is none of the remarks."""
    said = {(remark.function, remark.says) for remark in remarks}
    return tuple(
        f"SIGNED_OFF[{_quoted(function)}][{_quoted(says)}] is of nothing that is found: remove it."
        for function, reasons in definition.signed_off.items()
        for says in reasons
        if (function, says) not in said
    )


def pasted(definition: Definition, remarks: Iterable[Remark]) -> str:
    """The Python that signs off some remarks beside what is signed off; empty when there are none."""
    reasons = {function: dict(of_one) for function, of_one in definition.signed_off.items()}
    for remark in (remarks := tuple(remarks)):
        reasons.setdefault(remark.function, {})[remark.says] = OPEN
    return f"SIGNED_OFF = {_dictionary(reasons)}\n" if remarks else ""


def _dictionary(reasons: Mapping[str, Mapping[str, str]]) -> str:
    """Some reasons as Python: a line for each."""
    lines = ["{"]
    for function, of_one in reasons.items():
        lines.append(f"    {_quoted(function)}: {{")
        lines += [f"        {_quoted(says)}: {_quoted(reason)}," for says, reason in of_one.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    """A text as Python and JSON both write it."""
    return json.dumps(text, ensure_ascii=False)
