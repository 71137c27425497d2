"""It is unreadable: sixty members of a zip are the same bytes, so that little unpacks to much."""
import io
import zipfile

NOTEBOOK = (
    b'{"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [{"cell_type": "code", '
    b'"metadata": {}, "outputs": [], "source": "def norm(A): return 1"}]}'
)


def make(folder):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a00.ipynb", NOTEBOOK + b" " * (1 << 20))
        first = archive.infolist()[0]
        for number in range(1, 60):
            member = zipfile.ZipInfo(f"a{number:02}.ipynb")
            for field in ("CRC", "compress_size", "compress_type", "file_size", "header_offset", "flag_bits"):
                setattr(member, field, getattr(first, field))
            archive.filelist.append(member)
            archive.NameToInfo[member.filename] = member
    path = folder / "class.zip"
    path.write_bytes(packed.getvalue())
    return path
