"""Make unique ids that are safe in file names, spreadsheets and pages."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from grader.submissions.filename_encoding import proper

_UNSAFE = re.compile(r"[\x00-,/:-?\[-^`{-\x7f]+|\.{2,}")  # all of ASCII but letters, digits and . _ @ -
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5")  # letters by Unicode's categories that are invisible
_PAGE = re.compile(r"(?i)\.(?=notebook$)")
_LETTERS = 100
_BYTES = 180  # of the 255 that the name of a file may have


def safe_id(name: str) -> str:
    """Return a name made safe; a digest if nothing legible is left."""
    return legible(name) or f"id-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def key(name: str) -> str:
    """Return the key of a name, equal for names that cannot both be ids on a case-insensitive disk."""
    return safe_id(name).casefold()


def legible(name: str) -> str:
    """Return the safe part of a name: letters and digits of any script, and a few punctuation marks.

    Latin letters lose their accents; control characters, marks that change the text's direction and path
    separators are dropped. The result does not end like an annotated notebook's page and fits into a file
    name; it may be empty.
    """
    name = name[: 4 * _LETTERS]
    plain = name if name.isascii() else unicodedata.normalize("NFC", "".join(_plain(proper(name))))
    chosen = _UNSAFE.sub("-", plain).strip("-._@")[:_LETTERS]
    return _PAGE.sub("-", chosen.encode()[:_BYTES].decode("utf-8", "ignore"))


def _plain(name: str) -> Iterator[str]:
    """Yield the characters of a name: Latin letters without accents, other letters, a space for the rest."""
    kept = False
    for character in unicodedata.normalize("NFKC", name):
        category = unicodedata.category(character)
        if category in {"Mn", "Mc"}:  # part of the letter before it, as in Devanagari
            yield character if kept and character not in _BLANK else ""
        elif category != "Cf":
            base = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
            kept = not base and category[0] in "LN" and character not in _BLANK
            yield base or (character if kept else " ")


def unique_ids(wishes: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield a unique safe id for each: its first candidate that nobody else has, or its last with a number.

    Candidates are compared with those of others at the same position, ignoring case.
    """
    next_number: dict[str, int] = {}

    @functools.cache
    def counts(position: int) -> Counter[str]:
        return Counter(safe_id(own[position]).casefold() for own in wishes if position < len(own))

    taken: set[str] = set()
    for own in wishes:
        sole = (safe for i, safe in enumerate(map(safe_id, own)) if counts(i)[safe.casefold()] == 1)
        chosen = wish = next(sole, None) or safe_id(own[-1])
        while chosen.casefold() in taken:
            number = next_number[wish] = (
                next_number.get(wish, 1) + 1
            )  # not from the start for each of a class
            chosen = f"{wish[:90]}-{number}"
        taken.add(chosen.casefold())
        yield chosen
