"""Decode file names, whatever zip program or disk they come from."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
import zipfile

_UTF8 = 0x800
_HIGH = re.compile(rb"[\x80-\xff]+")


def proper(name: str) -> str:
    """Return a name in composed Unicode (NFC); undecodable bytes from a disk are decoded like a zip's."""
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
    """Return the name of a member of a zip.

    Without the UTF-8 flag, `zipfile` decodes it as code page 437. That may be right; but macOS writes UTF-8
    without the flag, and Windows its national code page.
    """
    name = member.filename
    if name.isascii() or member.flag_bits & _UTF8:
        return proper(name)
    try:
        return decoded(name.encode("cp437"))
    except UnicodeEncodeError:  # the zip has a field with the name in Unicode
        return proper(name)


def decoded(raw: bytes) -> str:
    """Decode the bytes of a name by the most plausible encoding: UTF-8, Chinese, or a western code page."""
    try:
        return unicodedata.normalize("NFC", raw.decode())
    except UnicodeDecodeError:
        pass
    if _is_chinese(raw):
        return raw.decode("gbk", "replace")
    readings = [raw.decode(encoding, "replace") for encoding in ("cp850", "cp1252")]
    return min(readings, key=_oddity)


def _is_chinese(raw: bytes) -> bool:
    """Return whether all but ASCII are characters of GB 2312, of two high bytes each."""
    try:
        return all(
            "\u4e00" <= character <= "\u9fff"
            for run in _HIGH.findall(raw)
            for character in run.decode("gb2312")
        )
    except UnicodeDecodeError:
        return False


def _oddity(name: str) -> int:
    """Count the characters that names rarely have: signs, and capitals after small letters."""
    signs = sum(not character.isascii() and not character.isalpha() for character in name)
    return 2 * signs + sum(one.islower() and other.isupper() for one, other in itertools.pairwise(name))
