"""The zips of students in the zip of a class are looked into, in memory and once."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from grader.errors import UnreadableError
from grader.models.submission import Student
from grader.submissions import MAX_FILE, Handed, find, read

DATA = b'{"cells": []}'
Members = Mapping[str, str | bytes]


def packed(members: Members) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return content.getvalue()


def zipped(path: Path, members: Members) -> Path:
    path.write_bytes(packed(members))
    return path


def ids(found: list[Handed]) -> list[str]:
    return [handed.id for handed in found]


def reason(handed: Handed) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(handed)
    return str(caught.value)


@pytest.mark.parametrize("ending", ["zip", "ZIP"])
def test_the_zips_of_students_in_the_zip_of_a_class_are_looked_into(tmp_path: Path, ending: str) -> None:
    emmy, ada = ({"src/hw.ipynb": data, "src/notes.txt": b""} for data in (b"emmy", b"ada"))
    members = {f"emmy.{ending}": packed(emmy), f"ada.{ending}": packed(ada), "bo.ipynb": b"bo"}
    found = find([zipped(tmp_path / "class.zip", members)])
    assert [(handed.id, handed.file, read(handed)) for handed in found] == [
        ("ada-src-hw", "hw.ipynb", b"ada"), ("bo", "bo.ipynb", b"bo"), ("emmy-src-hw", "hw.ipynb", b"emmy"),
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["class.zip"]


def test_a_zip_in_a_zip_has_no_say_unless_a_notebook_is_in_it(tmp_path: Path) -> None:
    members = {"data.zip": packed({"data.csv": b"1"}), "__MACOSX/._b.zip": b"", "a.ipynb": DATA}
    assert ids(find([zipped(tmp_path / "class.zip", members)])) == ["a"]


def test_a_zip_in_a_zip_that_cannot_be_read_is_one_unreadable_submission(tmp_path: Path) -> None:
    members = {"bo.zip": b"no zip", "bomb.zip": bytes(MAX_FILE + 1), "ada.zip": packed({"hw.ipynb": DATA})}
    found = find([zipped(tmp_path / "class.zip", members)])
    assert ids(found) == ["hw", "bo", "bomb"]
    assert reason(found[1]) == "it is not a zip that can be read (File is not a zip file)."
    assert reason(found[2]) == "it is not a zip that can be read (it is larger than 20 MB)."


def test_a_zip_that_is_there_twice_is_looked_into_once(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada.zip", packed({"first.ipynb": DATA}))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ada.zip", packed({"last.ipynb": DATA}))
    assert ids(find([tmp_path / "class.zip"])) == ["last"]


def test_what_a_student_packs_is_unpacked_once(tmp_path: Path) -> None:
    inner = packed({"deep.zip": packed({"deep.ipynb": DATA}), "hw.ipynb": DATA})
    zipped(tmp_path / "class.zip", {"ada.zip": inner})
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.zip").write_bytes(inner)
    assert ids(find([tmp_path / "class.zip"])) == ids(find([tmp_path / "in"])) == ["hw"]


def test_a_zip_that_is_none_any_more_is_unreadable(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"ada.zip": packed({"hw.ipynb": DATA})})
    (handed,) = find([path])
    path.write_bytes(b"something else")
    assert reason(handed) == "its zip is damaged (File is not a zip file)."


def test_the_name_of_a_zip_in_the_zip_of_a_class_says_whose_it_is(tmp_path: Path) -> None:
    members: Members = {
        "lovelaceada_12345_101_hw.zip": packed({"hw.ipynb": "first"}),
        "lovelaceada_LATE_12345_102_hw.zip": packed({"hw.ipynb": "second"}),
        "noetheremmy_222_103_hw.zip": packed({"hw.ipynb": "emmy"}),
        "submitted/bela/ps1/hw.zip": packed({"hw.ipynb": "bela"}),
        "submitted/bela/ps1/timestamp.txt": "2015-02-02 15:58:23 UTC",
    }
    found = find([zipped(tmp_path / "class.zip", members)])
    assert [(one.id, read(one), one.late, one.submitted[:4]) for one in found] == [
        ("lovelaceada", b"second", True, ""),
        ("noetheremmy", b"emmy", False, ""),
        ("bela", b"bela", False, "2015"),
    ]


def test_a_roster_knows_a_student_by_the_name_of_the_zip(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"ada.zip": packed({"hw.ipynb": DATA})})
    assert ids(find([path], [Student("ada"), Student("bo")])) == ["ada", "bo"]


def test_no_name_in_a_students_zip_replaces_what_another_student_handed_in(tmp_path: Path) -> None:
    members: Members = {
        "ada.zip": packed({"noetheremmy_222_999_hw.ipynb": "forged"}),
        "emmy.zip": packed({"noetheremmy_222_111_hw.ipynb": "emmy"}),
    }
    found = find([zipped(tmp_path / "class.zip", members)])
    assert sorted(map(read, found)) == [b"emmy", b"forged"]
