"""Hints about calls of other functions: the first argument that differs from the reference's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from grader.comparison.verdict import Verdict
from grader.hints import elements, ratios, shapes
from grader.hints.evidence import ORDINALS, Evidence, Spot, distinctive, entries, same, spots
from grader.hints.observation import HelperCall, Observation

MOST_COMPARED = 40
"""Observed calls: of more the number is not known."""

NUMERIC = (*shapes.DETECTORS, *ratios.DETECTORS, elements.signs, elements.offset)
"""The detectors of what is wrong with an argument."""


def first_difference(
    seen: Observation, right: Observation, parameters: Sequence[str], args: Sequence[Any], *, ended: bool
) -> str:
    """Describe the first call of another function that is not like the reference's.

    Args:
        seen: what was observed of the submission.
        right: what was observed of the reference in the same call.
        parameters: the names of the parameters of the function that was called.
        args: its arguments.
        ended: whether the submission's call returned.

    Returns:
        one or two sentences; "" if all calls are the same, or cannot be compared.
    """
    wanted = {call.function for call in right.calls}
    calls = [call for call in seen.calls if call.function in wanted]
    for i, (call, other) in enumerate(zip_longest(calls, right.calls)):
        if call is None or other is None:
            return _number_of_calls(calls, right.calls, call or other) if ended else ""
        if call.function != other.function:
            return ""
        turn = sum(one.function == call.function for one in calls[: i + 1])
        several = sum(one.function == call.function for one in right.calls) > 1
        known = [*_origins(parameters, args), *_results(calls[:i])]
        expected = [*_origins(parameters, args), *_results(right.calls[:i])]
        wrong = [name for name in other.args if name in call.args and not same(call.args[name], other.args[name])]
        if wrong:
            said = [_argument(call, other, name, known, expected) for name in wrong]
            which = f"the {_ordinal(turn)} call" if several else "the call"
            return f"In {which} of {call.function}, {' and '.join(said[:2])}."
        if call.returned and other.returned and not same(call.result, other.result):
            return ""
    return ""


def _number_of_calls(calls: Sequence[HelperCall], right: Sequence[HelperCall], extra: HelperCall) -> str:
    """Describe a call that is missing or one too many, when all before it are right."""
    name = extra.function
    here, there = (sum(one.function == name for one in every) for every in (calls, right))
    if max(len(calls), len(right)) >= MOST_COMPARED or not here:
        return ""
    return f"It calls {name} {_times(here)}, and {_times(there)} {'is' if there == 1 else 'are'} expected."


def _argument(
    call: HelperCall,
    other: HelperCall,
    name: str,
    known: Sequence[tuple[str, Any]],
    expected: Sequence[tuple[str, Any]],
) -> str:
    """Describe a wrong argument by where it, and what belongs there, come from."""
    position = [*call.args].index(name)
    written = call.texts[position] if position < len(call.texts) else name
    mine, theirs = call.args[name], other.args[name]
    if isinstance(theirs, str | bool | int | float):
        given = _literal(mine)
        return f"{name} is {given}, and {theirs!r} belongs there" if given else f"`{written}` is no such value"
    here = next((text for text, value in known if same(mine, value)), "")
    there = next((text for text, value in expected if same(theirs, value)), "")
    is_here = f" is {here}" if here and here != f"`{written}`" else ""
    if there:
        return f"`{written}`{is_here}{', and' if is_here else ' stands where'} {there} belongs{' there' if is_here else ''}"
    return f"`{written}`{is_here}{',' if is_here else ''} is not what belongs there{_numeric(theirs, mine)}"


def _numeric(expected: Any, actual: Any) -> str:
    """Say what is wrong with the numbers of an argument, if that is certain."""
    spot = Spot((), expected, actual)
    found = Evidence(Verdict.WRONG_VALUE, "it", (spot,), ())
    said = next(filter(None, (detect(found) for detect in NUMERIC)), "")
    return f": {said[:1].lower()}{said[1:].rstrip('.')}" if said else ""


def _origins(parameters: Sequence[str], args: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """Yield the parts of the inputs with their names, whole inputs first."""
    for parameter, arg in zip(parameters, args, strict=False):
        for spot in spots(arg, arg):
            if _is_telling(spot.expected):
                yield f"`{parameter}{''.join(f'[{key!r}]' for key in spot.keys)}`", spot.expected


def _results(calls: Sequence[HelperCall]) -> Iterator[tuple[str, Any]]:
    """Yield what earlier calls returned, the latest first."""
    for i in reversed(range(len(calls))):
        call = calls[i]
        turn = sum(one.function == call.function for one in calls[: i + 1])
        which = f"the {_ordinal(turn)} call of {call.function}"
        if not call.returned:
            continue
        if _is_telling(call.result) and not isinstance(call.result, tuple):
            yield f"the result of {which}", call.result
        if isinstance(call.result, tuple):
            for k, one in enumerate(call.result):
                if _is_telling(one):
                    yield f"the {_ordinal(k + 1)} result of {which}", one


def _is_telling(value: Any) -> bool:
    return bool(entries(value)) or distinctive(value)


def _literal(value: Any) -> str:
    return repr(value)[:40] if isinstance(value, str | bool | int | float | None) else ""


def _ordinal(n: int) -> str:
    return ORDINALS[n - 1] if n <= len(ORDINALS) else f"{n}th"


def _times(n: int) -> str:
    return "one time" if n == 1 else f"{n} times"


def random_draws(seen: Observation, right: Observation) -> str:
    """Describe the first random draw that is not like the reference's.

    Args:
        seen: what was observed of the submission.
        right: what was observed of the reference in the same call.

    Returns:
        a sentence, or "".
    """
    for mine, theirs in zip_longest(seen.draws, right.draws):
        if mine == theirs:
            continue
        if theirs is None:
            return ""
        wanted = _drawn(theirs)
        if theirs[0] == "seed":
            if mine is not None and mine[0] == "seed":
                return f"It calls {_drawn(mine)}, and {wanted} is expected."
            return f"The numbers are drawn without {wanted}: is it missing?"
        if mine is None:
            return ""
        if mine[0] == "seed":
            return f"{_drawn(mine)} is called where no seed is set."
        if mine[0] != theirs[0]:
            return f"It draws with np.random.{mine[0]}, where np.random.{theirs[0]} is expected."
        return f"It draws {_drawn(mine)}, where {wanted} is expected."
    return ""


def _drawn(draw: tuple[str, tuple[Any, ...]]) -> str:
    name, args = draw
    return f"np.random.{name}({', '.join(str(arg[1]) if arg[0] == 'number' else '...' for arg in args)})"
