"""Names of files as their authors typed them, whatever zip program or disk they went through."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
import zipfile

_UTF8 = 0x800
_HIGH = re.compile(rb"[\x80-\xff]+")


def proper(name: str) -> str:
    """A name in composed letters; bytes of a disk that are no UTF-8 are decoded as those of a zip."""
    if name.isascii():
        return name
    try:
        name.encode()
    except UnicodeEncodeError:
        return decoded(os.fsencode(name)) if _is_of_a_disk(name) else unicodedata.normalize("NFC", name)
    return unicodedata.normalize("NFC", name)


def _is_of_a_disk(name: str) -> bool:
    return not any("\ud800" <= letter < "\udc80" or "\udcff" < letter <= "\udfff" for letter in name)


def name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member of a zip.

    Without the flag that says UTF-8 it was read as the code page of the first PC. It may be that; but macOS
    writes UTF-8 without the flag, and Windows the code page of its country.
    """
    name = member.filename
    if name.isascii() or member.flag_bits & _UTF8:
        return proper(name)
    try:
        return decoded(name.encode("cp437"))
    except UnicodeEncodeError:  # a field of the zip had said it in Unicode
        return proper(name)


def decoded(raw: bytes) -> str:
    """The most plausible reading of the bytes of a name: UTF-8, Chinese, or a western code page."""
    try:
        return unicodedata.normalize("NFC", raw.decode())
    except UnicodeDecodeError:
        pass
    if _is_chinese(raw):
        return raw.decode("gbk", "replace")
    readings = [raw.decode(encoding, "replace") for encoding in ("cp850", "cp1252")]
    return min(readings, key=_oddity)


def _is_chinese(raw: bytes) -> bool:
    """Whether all that is not ASCII are characters of GB 2312, of two high bytes each."""
    try:
        return all(
            "\u4e00" <= character <= "\u9fff"
            for run in _HIGH.findall(raw)
            for character in run.decode("gb2312")
        )
    except UnicodeDecodeError:
        return False


def _oddity(name: str) -> int:
    """How many characters are there that names do not have: signs, and capitals behind small letters."""
    signs = sum(not character.isascii() and not character.isalpha() for character in name)
    return 2 * signs + sum(one.islower() and other.isupper() for one, other in itertools.pairwise(name))
