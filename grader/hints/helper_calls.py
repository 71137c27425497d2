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

LONGEST = 40
"""Characters of a text or number that is quoted."""

SINGLE = (str, bool, int, float, type(None))
"""The types of what is said as it is, and not by where it comes from."""

Origin = tuple[str, Any]
"""Where a value comes from, in words, and the value."""

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
        pairs = zip(call.args, other.args, strict=False)  # parameters of earlier editions have other names
        wrong = [(mine, theirs[-1]) for mine, theirs in pairs if not same(mine[-1], theirs[-1])]
        if wrong:
            inputs = [*_inputs(parameters, args)]
            mine = [*inputs, *_results(calls[:i], call.function)]
            theirs = [*inputs, *_results(right.calls[:i], call.function)]
            said = [_argument(arg, wanted, mine, theirs) for arg, wanted in wrong[:2]]
            return (
                f"In {_which(calls, i, several=_several(right.calls, call.function))}, {', and '.join(said)}."
            )
        if call.returned and other.returned and not same(call.result, other.result):
            return ""
    return ""


def _number_of_calls(calls: Sequence[HelperCall], right: Sequence[HelperCall], extra: HelperCall) -> str:
    """Describe a call that is missing or one too many, when all before it are right."""
    name = extra.function
    here, there = (sum(one.function == name for one in every) for every in (calls, right))
    if max(len(calls), len(right)) >= MOST_COMPARED or not here:
        return ""
    options = [f"{key} {value!r}" for key, _, value in extra.args if isinstance(value, str)]
    last = f"; the one with {options[0]} is missing" if options and here < there else ""
    return f"It calls {name} {_times(here)}, where {_times(there)} is right{last}."


def _argument(
    arg: tuple[str, str, Any], wanted: Any, mine: Sequence[Origin], theirs: Sequence[Origin]
) -> str:
    """Describe a wrong argument by where it, and what belongs there, come from."""
    name, written, given = arg
    if isinstance(wanted, SINGLE):
        own = f"`{name}`"
        belongs = own if any(text == own and same(wanted, value) for text, value in theirs) else repr(wanted)
        is_here = repr(given)[:LONGEST] if isinstance(given, SINGLE) else f"`{written}`"
        return f"{name} is {is_here} where {belongs} belongs"
    there = next((text for text, value in theirs if same(wanted, value)), "")
    here = next((text for text, value in mine if same(given, value)), "")
    is_here = f", which is {here}," if here and here != f"`{written}`" else ""
    if there:
        return f"`{written}`{is_here} stands where {there} belongs"
    return f"`{written}`{is_here} is wrong{_numeric(wanted, given)}"


def _numeric(expected: Any, actual: Any) -> str:
    """Say what is wrong with the numbers of an argument, if that is certain."""
    spot = Spot((), expected, actual)
    found = Evidence(Verdict.WRONG_VALUE, "it", (spot,), ())
    said = next(filter(None, (detect(found) for detect in NUMERIC)), "")
    return f": {said[:1].lower()}{said[1:].rstrip('.')}" if said else ""


def _inputs(parameters: Sequence[str], args: Sequence[Any]) -> Iterator[Origin]:
    """Yield the parts of the inputs with their names, whole inputs first."""
    for parameter, arg in zip(parameters, args, strict=False):
        for spot in spots(arg, arg):
            if _is_telling(spot.expected) or not spot.keys:
                yield f"`{parameter}{''.join(f'[{key!r}]' for key in spot.keys)}`", spot.expected


def _results(calls: Sequence[HelperCall], asking: str) -> Iterator[Origin]:
    """Yield what earlier calls returned, the latest first."""
    for i in reversed(range(len(calls))):
        if not calls[i].returned:
            continue
        result, several = calls[i].result, _several(calls, calls[i].function) or calls[i].function == asking
        which = "its " if calls[i].function == asking else "the "
        turn = sum(one.function == calls[i].function for one in calls[: i + 1])
        call = f"{which}{_ordinal(turn)} call" if several else calls[i].function
        of = call if calls[i].function == asking or not several else f"{call} of {calls[i].function}"
        if not isinstance(result, tuple):
            yield f"the result of {of}", result
        else:
            yield from ((f"the {_ordinal(k)} result of {of}", one) for k, one in enumerate(result, 1))


def _which(calls: Sequence[HelperCall], i: int, *, several: bool) -> str:
    turn = sum(one.function == calls[i].function for one in calls[: i + 1])
    return (
        f"the {_ordinal(turn)} call of {calls[i].function}" if several else f"the call of {calls[i].function}"
    )


def _several(calls: Sequence[HelperCall], function: str) -> bool:
    return sum(one.function == function for one in calls) > 1


def _is_telling(value: Any) -> bool:
    return bool(entries(value)) or distinctive(value)


def _ordinal(n: int) -> str:
    return ORDINALS[n - 1] if n <= len(ORDINALS) else f"{n}th"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


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
