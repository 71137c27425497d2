"""Word verdicts, alike on pages, in the terminal and in the notebook. Bundled for students."""

from __future__ import annotations

from dataclasses import dataclass

from grader.comparison.verdict import Verdict


@dataclass(frozen=True)
class Wording:
    """A verdict for people: a sign and words, which suffice without colour, and the tone of its colour."""

    sign: str
    words: str
    tone: str


WORDINGS = {
    Verdict.PASSED: Wording("✓", "passed", "good"),
    Verdict.WRONG_TYPE: Wording("✗", "wrong type", "bad"),
    Verdict.WRONG_STRUCTURE: Wording("✗", "wrong structure", "bad"),
    Verdict.WRONG_SHAPE: Wording("✗", "wrong shape", "bad"),
    Verdict.WRONG_DTYPE: Wording("✗", "wrong dtype", "bad"),
    Verdict.WRONG_VALUE: Wording("✗", "wrong value", "bad"),
    Verdict.CHANGED_INPUT: Wording("✗", "changes its input", "bad"),
    Verdict.NOT_DETERMINISTIC: Wording("✗", "differs from run to run", "bad"),
    Verdict.FORBIDDEN: Wording("✗", "uses what is forbidden", "bad"),
    Verdict.DID_NOT_RUN: Wording("!", "did not run", "bad"),
    Verdict.NOT_ATTEMPTED: Wording("–", "not written yet", "open"),
    Verdict.TO_BE_MARKED: Wording("…", "to be marked", "open"),
}

WRONG_EXCEPTION = Wording("✗", "wrong exception", "bad")

MUST_RAISE = "It has to raise "
"""How the message about a public call begins that raised another exception than it has to."""

NOTHING = "It returns nothing (None)."
"""The message about a call that returns None where a value is expected."""


def worded(verdict: Verdict, message: str) -> Wording:
    """Return the wording of a verdict; what raised another exception than it has to did run.

    Args:
        verdict: the verdict.
        message: the message that goes with it.

    Returns:
        the wording.
    """
    ran = verdict is Verdict.DID_NOT_RUN and message.startswith(MUST_RAISE)
    return WRONG_EXCEPTION if ran else WORDINGS[verdict]


def not_written(name: str) -> str:
    """Return the message about a function that still raises NotImplementedError."""
    return f"{name} is not written yet."


def timed_out(limit: str) -> str:
    """Return the message about a call that gave no answer in time."""
    return f"It timed out: {limit}."


def not_run(reason: str) -> str:
    """Return the message about a call that was not made."""
    return f"It was not run: {reason}."


def returned_where(exception: str) -> str:
    """Return the message about a call that has to raise an exception, and returned."""
    return f"It returned a value, where it has to raise {exception}."


def raised_where(exception: str, raised: str) -> str:
    """Return the message about a call that raised something else than it has to.

    Args:
        exception: the name of the exception that it has to raise.
        raised: what it raised, with its text.

    Returns:
        two sentences.
    """
    stop = "" if raised.endswith((".", "!", "?")) else "."
    return f"{MUST_RAISE}{exception}. It raised {raised}{stop}"


def changes_input(clauses: str) -> str:
    """Return the message about a call that changes an argument that it must not change."""
    return f"It {clauses}."


FIRST = ("write that first.", "mend that first.")
"""How the advice ends to mend what an item needs before that itself."""


def is_about_another(hint: str) -> bool:
    """Return whether a hint is about what the item in question needs."""
    return hint.endswith(FIRST)


def mend_first(name: str, verdict: Verdict = Verdict.WRONG_VALUE, how: str = "calls") -> str:
    """Return the advice to mend what the item in question needs, before that itself.

    Args:
        name: what it needs.
        verdict: the verdict on that.
        how: what the item does with it.

    Returns:
        one sentence.
    """
    if verdict is Verdict.NOT_ATTEMPTED:
        return f"{name}, which this {how}, is not written yet: {FIRST[0]}"
    return f"{name}, which this {how}, fails its own test: {FIRST[1]}"
