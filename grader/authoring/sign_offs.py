"""Match remarks with the reasons that an instructor signed off, and print the Python to paste."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.assignments.definition import Definition

OPEN = "..."
"""The placeholder for a reason in the printed Python."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding on a function that an instructor may sign off.

    `says` is the same in each run and is what is signed off; `advice` may differ. `wider` signs off this and
    others, if it is not empty.
    """

    function: str
    says: str
    advice: str
    wider: str = ""

    def __str__(self) -> str:
        return f"{self.function}: {self.says}{self.advice}"


def unsigned(definition: Definition, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return the remarks that are not signed off.

    Args:
        definition: the assignment, with its `SIGNED_OFF`.
        remarks: the remarks of this run.

    Returns:
        those without a reason, in order.
    """
    signed = definition.signed_off
    return tuple(r for r in remarks if signed.get(r.function, {}).keys().isdisjoint({r.says, r.wider}))


def needless(definition: Definition, remarks: Iterable[Remark]) -> tuple[str, ...]:
    """Return the signed-off texts that match no remark.

    Args:
        definition: the assignment, with its `SIGNED_OFF`.
        remarks: the remarks of this run.

    Returns:
        a message for each, with advice.
    """
    said = {(remark.function, says) for remark in remarks for says in (remark.says, remark.wider)}
    return tuple(
        f"SIGNED_OFF[{_quoted(function)}][{_quoted(says)}] is of nothing that is found: remove it."
        for function, reasons in definition.signed_off.items()
        for says in reasons
        if (function, says) not in said
    )


def pasted(definition: Definition, remarks: Iterable[Remark]) -> str:
    """Return the Python of a `SIGNED_OFF` that also has the given remarks.

    Args:
        definition: the assignment, with its `SIGNED_OFF`.
        remarks: the remarks to add, with open reasons.

    Returns:
        an assignment statement; empty if there are no remarks.
    """
    reasons = {function: dict(of_one) for function, of_one in definition.signed_off.items()}
    for remark in (remarks := tuple(remarks)):
        reasons.setdefault(remark.function, {})[remark.says] = OPEN
    return f"SIGNED_OFF = {_dictionary(reasons)}\n" if remarks else ""


def _dictionary(reasons: Mapping[str, Mapping[str, str]]) -> str:
    """Format the reasons as a Python dictionary, one line each."""
    lines = ["{"]
    for function, of_one in reasons.items():
        lines.append(f"    {_quoted(function)}: {{")
        lines += [f"        {_quoted(says)}: {_quoted(reason)}," for says, reason in of_one.items()]
        lines.append("    },")
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    """Return a string literal that is valid in both Python and JSON."""
    return json.dumps(text, ensure_ascii=False)
