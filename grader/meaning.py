"""Digests of what functions mean, equal for functions that behave alike. Text only; nothing is run.

What a function means is its bytecode, without names of files and numbers of lines, and that of all it
needs: comments, layout and the rest of a notebook make no difference. Only a program that depends on
nothing but its inputs has a meaning.
"""

from __future__ import annotations

import functools
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from grader.editions import held_in
from grader.harmless import Sense, sense_of
from grader.model import Exercise, Part, State, Statement, Submission
from grader.notebook.parsing import ALL
from grader.programs import needed_for


@dataclass(frozen=True, slots=True)
class Meaning:
    """Digests of one graded function in its notebook.

    Functions with equal `plain` return the same; with equal `exact`, they are the same text, and fail at
    the same places. `own` are the same two of the function without the graded functions that it calls:
    it returns the same when those do. It is None when calls may leave something behind for others.
    """

    plain: bytes
    exact: bytes
    own: tuple[bytes, bytes] | None


def meanings(
    submission: Submission, exercises: Mapping[str, Exercise], provided: frozenset[str]
) -> dict[str, Meaning]:
    """What each written function means; nothing when any of them depends on more than its inputs.

    Args:
        submission: the functions and their parts.
        exercises: the graded functions, by name.
        provided: the modules of the assignment, which are harmless.
    """
    graded = frozenset(exercises)
    alone: dict[str, _Alone] = {}
    for name, part in submission.parts.items():
        called = tuple((used, used in submission.parts) for used in sorted(part.uses))
        sources = tuple([statement.source for statement in part.statements])
        editions = held_in(submission.text, exercises[name].editions)
        known = _digests(name, editions, sources, called, graded, provided)
        if known is None:
            return {}
        alone[name] = known
    unbound = {
        name: repr((sorted(part.unbound.items()), sorted(part.hidden.items()))).encode()
        for name, part in submission.parts.items()
    }
    states = {name: found.state for name, found in submission.functions.items()}
    needs = _needs(tuple([(name, part.uses) for name, part in submission.parts.items()]))
    return {name: _meaning(name, needed, alone, unbound, states) for name, needed in needs.items()}


def statements_of(name: str, parts: Mapping[str, Part]) -> dict[str, Statement]:
    """All that is run for a graded function as it was written, by its text; the last of equal ones counts.

    The order is the same for functions whose meanings are exactly equal.
    """
    needed = [parts[used] for used in needed_by(name, parts) if used in parts]
    return {statement.source: statement for part in needed for statement in part.statements}


def needed_by(name: str, parts: Mapping[str, Part]) -> list[str]:
    """A graded function and all that it calls, directly or not, in the order of their names."""
    return sorted(needed_for(name, {used: part.uses for used, part in parts.items()}))


@functools.lru_cache(maxsize=64)
def _needs(uses: tuple[tuple[str, frozenset[str]], ...]) -> dict[str, list[str]]:
    """What each function calls, directly or not, itself among them, in the order of their names."""
    return {name: sorted(needed_for(name, dict(uses))) for name, _ in uses}


def _meaning(
    name: str,
    needed: Sequence[str],
    alone: Mapping[str, _Alone],
    unbound: Mapping[str, bytes],
    states: Mapping[str, State],
) -> Meaning:
    plain, exact = [name.encode()], [name.encode()]
    for used in needed:
        if used in alone:
            plain.append(alone[used].plain)
            exact += alone[used].exact, unbound[used]
        else:
            absent = f"{used} {states[used]}".encode()
            plain.append(absent)
            exact.append(absent)
    own = (alone[name].plain, alone[name].exact) if alone[name].stateless else None
    return Meaning(_sha256(plain), _sha256(exact), own)


def _sha256(parts: Iterable[bytes]) -> bytes:
    return hashlib.sha256(b"\0".join(parts)).digest()


# ---------------------------------------------------------------- one function


class _Alone(NamedTuple):
    """The digests of a function without the graded functions that it calls."""

    plain: bytes
    exact: bytes
    stateless: bool


@functools.lru_cache(maxsize=1024)
def _digests(
    name: str,
    editions: tuple[int, ...],
    sources: tuple[str, ...],
    called: tuple[tuple[str, bool], ...],
    graded: frozenset[str],
    provided: frozenset[str],
) -> _Alone | None:
    """The digests of a function that is made of `sources`; None when it depends on more than its inputs.

    Args:
        name: what the function is called.
        editions: those that its notebook may be of.
        sources: all statements that are run for it.
        called: the graded functions that it calls, and whether they are written.
        graded: all graded functions.
        provided: the modules of the assignment.
    """
    senses = {source: sense_of(source, provided) for source in sources}
    known = {source: sense for source, sense in senses.items() if sense is not None}
    if len(known) < len(senses) or any(_meddles(sense, graded) for sense in known.values()):
        return None
    plain = hashlib.sha256(repr((name, editions, called)).encode())
    once = _once(sources, known)
    for text in once:
        plain.update(known[text].digest)
    exact = plain.copy()
    for text in once:
        exact.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return _Alone(plain.digest(), exact.digest(), all(sense.stateless for sense in known.values()))


def _meddles(sense: Sense, graded: frozenset[str]) -> bool:
    """Whether a statement gives the name of a graded function to something else, or the function another."""
    return bool(sense.values & graded) or (bool(sense.binds & graded) and not sense.defines)


def _once(sources: Sequence[str], senses: Mapping[str, Sense]) -> list[str]:
    """Sources without the imports that stand there again and change nothing: notebooks are full of them."""
    distinct = list(dict.fromkeys(sources))
    setting = Counter(name for source in distinct for name in senses[source].binds)
    if len(distinct) == len(sources) or ALL in setting:
        return list(sources)
    alone = {source for source in distinct if all(setting[name] == 1 for name in senses[source].binds)}
    once = {source for source in alone if senses[source].imports}
    return [source for i, source in enumerate(sources) if source not in once or source not in sources[:i]]
