"""Names that are safe as those of files, in a spreadsheet and on a page, and are told apart."""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

_UNSAFE = re.compile(r"[^A-Za-z0-9._@-]+|\.{2,}")


def safe_id(name: str) -> str:
    """A name made safe; what is not legible is a digest."""
    return legible(name) or f"id-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def legible(name: str) -> str:
    """What of a name stays when it is made safe: up to 100 ASCII letters, digits and marks, or nothing."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return _UNSAFE.sub("-", plain).strip("-._@")[:100]


def told_apart(wishes: Sequence[Sequence[str]]) -> Iterator[str]:
    """A safe id for each: the first of its wishes that is nobody else's, else its last with a number behind.

    Wishes are compared with those of others at the same position, whatever their case.
    """

    @functools.cache
    def counts(position: int) -> Counter[str]:
        return Counter(safe_id(own[position]).casefold() for own in wishes if position < len(own))

    taken: set[str] = set()
    for own in wishes:
        sole = (safe for i, safe in enumerate(map(safe_id, own)) if counts(i)[safe.casefold()] == 1)
        wish = next(sole, None) or safe_id(own[-1])
        numbered = (f"{wish[:90]}-{i}" for i in itertools.count(2))
        chosen = next(i for i in itertools.chain([wish], numbered) if i.casefold() not in taken)
        taken.add(chosen.casefold())
        yield chosen
