"""Names of files are read as their authors typed them, whatever wrote the zip, and never stop anything."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import find, read
from grader.submissions.filename_encoding import decoded, name_of, proper


def written(name: bytes, flag: int = 0) -> bytes:
    """A zip with one member of that name, as a program writes it which says nothing of the encoding."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("?" * len(name), "content")
    data = content.getvalue().replace(b"?" * len(name), name)
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + flag.to_bytes(2, "little") + data[at + 2 :]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        pytest.param("Jürgen Müller", "utf-8", id="macOS, which does not say UTF-8"),
        pytest.param("Jürgen Groß", "cp437", id="Windows in America"),
        pytest.param("Ærøskøbing Ñandú", "cp850", id="Windows in western Europe"),
        pytest.param("André Façade", "cp1252", id="programs that do not know of code pages"),
        pytest.param("王小明", "gbk", id="Windows in China"),
        pytest.param("王小明 作业", "utf-8", id="UTF-8 of another script"),
    ],
)
def test_the_name_of_a_member_is_as_its_author_typed_it(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / "class.zip").write_bytes(written(f"{name}.ipynb".encode(encoding)))
    (found,) = find([tmp_path / "class.zip"])
    assert found.file == f"{name}.ipynb"
    assert read(found) == b"content"


def test_letters_that_macos_takes_apart_are_put_together(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "Jürgen_7_assignsubmission_file_/é.ipynb")
    (tmp_path / "class.zip").write_bytes(written(name.encode()))
    (found,) = find([tmp_path / "class.zip"])
    assert found.student is not None
    assert (found.student.name, found.file) == ("Jürgen", "é.ipynb")


def test_a_member_is_still_found_by_the_name_that_a_record_has_of_it(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(written("ü.ipynb".encode()))
    (found,) = find([tmp_path / "class.zip"])
    for member in (found.member, "ü.ipynb".encode().decode("cp437")):
        assert member is not None
        with zipfile.ZipFile(tmp_path / "class.zip"):
            from grader.submissions.sources import read_place

            assert read_place(found.path, member) == b"content"


@given(st.binary(min_size=1, max_size=40))
def test_no_bytes_are_too_odd_for_a_name(raw: bytes) -> None:
    assert decoded(raw).isprintable() or decoded(raw)
    member = zipfile.ZipInfo("x")
    member.filename = raw.decode("cp437")
    assert isinstance(name_of(member), str)
    assert isinstance(proper(os.fsdecode(raw)), str)


@given(st.text())
def test_a_name_in_utf_8_is_itself_in_composed_letters(name: str) -> None:
    name = name.encode("utf-8", "ignore").decode()
    assert decoded(name.encode()) == proper(name) == unicodedata.normalize("NFC", name)
