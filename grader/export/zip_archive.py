"""Write reproducible zips, whose bytes depend on their content alone."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable

PACKED_AT = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold
_FILE, _PROGRAM = 0o100644 << 16, 0o100755 << 16


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip of files by their names, in order. Files that begin with `#!` are executable."""
    with tempfile.SpooledTemporaryFile(1 << 20) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files:
                member = zipfile.ZipInfo(name, PACKED_AT)
                member.create_system = 3  # of Unix, so that its permissions count
                member.external_attr = _PROGRAM if data.startswith(b"#!") else _FILE
                archive.writestr(member, data, zipfile.ZIP_DEFLATED)
        file.seek(0)
        return file.read()
