"""Names that are safe as those of files, in a spreadsheet and on a page, and are told apart."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from grader.submissions.filename_encoding import proper

_UNSAFE = re.compile(r"[\x00-,/:-?\[-^`{-\x7f]+|\.{2,}")  # of ASCII all but letters, digits and . _ @ -
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5")  # letters to Unicode, and yet nothing to see
_PAGE = re.compile(r"(?i)\.(?=notebook$)")
_LETTERS = 100
_BYTES = 180  # of the 255 that the name of a file may have


def safe_id(name: str) -> str:
    """A name made safe; what is not legible is a digest."""
    return legible(name) or f"id-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def key(name: str) -> str:
    """What is equal for names of which only one can be an id, since to some disks case is nothing."""
    return safe_id(name).casefold()


def legible(name: str) -> str:
    """What of a name stays when it is made safe: letters and digits of any script, a few marks; or nothing.

    Latin letters lose their accents; no control character, no mark that turns text, no separator of paths
    stays. It does not end as the pages of annotated notebooks do, and fits into the name of a file.
    """
    name = name[: 4 * _LETTERS]
    plain = name if name.isascii() else unicodedata.normalize("NFC", "".join(_plain(proper(name))))
    chosen = _UNSAFE.sub("-", plain).strip("-._@")[:_LETTERS]
    return _PAGE.sub("-", chosen.encode()[:_BYTES].decode("utf-8", "ignore"))


def _plain(name: str) -> Iterator[str]:
    """The characters of a name: Latin letters without accents, other letters, a space for what is none."""
    kept = False
    for character in unicodedata.normalize("NFKC", name):
        category = unicodedata.category(character)
        if category in {"Mn", "Mc"}:  # part of the letter before it, as in Devanagari
            yield character if kept and character not in _BLANK else ""
        elif category != "Cf":
            base = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
            kept = not base and category[0] in "LN" and character not in _BLANK
            yield base or (character if kept else " ")


def told_apart(wishes: Sequence[Sequence[str]]) -> Iterator[str]:
    """A safe id for each: the first of its wishes that is nobody else's, else its last with a number behind.

    Wishes are compared with those of others at the same position, whatever their case.
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
