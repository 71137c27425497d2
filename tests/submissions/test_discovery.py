"""What an instructor points at is found, read as data, and never trusted."""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import socket
import stat
import time
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UnreadableError, UsageError
from grader.submissions import MAX_FILE, Handed, find, read, safe_id
from grader.submissions.safe_ids import unique_ids
from grader.submissions.sources import archive

DATA = b'{"cells": []}'


@pytest.fixture
def tree(tmp_path: Path) -> Callable[..., Path]:
    """A function that writes files below a folder and returns it."""

    def write(*paths: str, data: bytes = DATA) -> Path:
        for path in paths:
            place = tmp_path / "in" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return tmp_path / "in"

    return write


def zipped(path: Path, members: dict[str, bytes], **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes.get("mode", 0o100644) << 16
            archive.writestr(info, data)
    return path


def ids(found: list[Handed]) -> list[str]:
    return [handed.id for handed in found]


# ---------------------------------------------------------------- finding


def test_a_folder_gives_its_notebooks_by_name(tree: Callable[..., Path]) -> None:
    root = tree(
        "b.ipynb", "a.ipynb", "deep/down/c.IPYNB", "notes.txt", ".hidden.ipynb", ".git/x.ipynb",
        ".ipynb_checkpoints/a-checkpoint.ipynb",
    )  # fmt: skip
    assert ids(find([root])) == ["a", "b", "c"]


def test_paths_keep_their_order_and_a_named_file_is_taken_whatever_it_is_called(
    tree: Callable[..., Path],
) -> None:
    root = tree("z.ipynb", "homework.txt", "folder/a.ipynb")
    assert ids(find([root / "z.ipynb", root / "homework.txt", root / "folder"])) == ["z", "homework", "a"]


def test_a_repeated_name_gets_its_folder_in_front(tree: Callable[..., Path]) -> None:
    root = tree("ada/hw.ipynb", "bela/hw.ipynb", "chidi/HW.ipynb", "dora.ipynb")
    assert ids(find([root])) == ["ada-hw", "bela-hw", "chidi-HW", "dora"]


def test_a_name_that_is_repeated_all_the_same_gets_a_number(tree: Callable[..., Path]) -> None:
    path = tree("ada/hw.ipynb") / "ada" / "hw.ipynb"
    assert ids(find([path, path])) == ["ada-hw", "ada-hw-2"]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            ["one/ada/hw", "two/ada/hw"], ["one-ada-hw", "two-ada-hw"], id="a student in two folders"
        ),
        pytest.param(["ada/ps1/hw", "bo/ps1/hw"], ["ada-ps1-hw", "bo-ps1-hw"], id="a folder of each student"),
        pytest.param(
            ["ada/w1/ps1/hw", "bo/w1/ps1/hw"], ["ada-w1-ps1-hw", "bo-w1-ps1-hw"], id="another folder in that"
        ),
    ],
)
def test_folders_further_out_say_whose_notebooks_of_one_name_are(
    tree: Callable[..., Path], files: list[str], expected: list[str]
) -> None:
    assert ids(find([tree(*(f"{file}.ipynb" for file in files))])) == expected


def test_eight_thousand_notebooks_of_one_name_take_no_longer_than_others() -> None:
    wishes = [("hw", "ps1-hw", "ps1-hw")] * 8000
    start = time.process_time()
    assert len({*unique_ids(wishes)}) == 8000
    assert time.process_time() - start < 1


def test_a_zip_that_has_changed_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    (before,) = find([zipped(path, {"a.ipynb": b"one"})])
    assert read(before) == b"one"
    zipped(path, {"a.ipynb": b"another"})
    assert read(before) == b"another"


@pytest.mark.parametrize("ending", ["zip", "ZIP"])
def test_a_zip_is_read_in_place_also_inside_a_folder(tree: Callable[..., Path], ending: str) -> None:
    root = tree("a.ipynb")
    zipped(root / f"class.{ending}", {"x/b.ipynb": b"B", "readme.md": b"", "__MACOSX/._b.ipynb": b""})
    found = find([root])
    assert [(handed.id, handed.file) for handed in found] == [("a", "a.ipynb"), ("b", "b.ipynb")]
    assert read(found[1]) == b"B"
    assert {path.name for path in root.iterdir()} == {"a.ipynb", f"class.{ending}"}


def test_a_path_that_does_not_exist_is_the_callers_fault(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.ipynb: No such file or directory"):
        find([tmp_path / "none.ipynb"])


def test_a_folder_without_notebooks_is_the_callers_fault(tree: Callable[..., Path]) -> None:
    with pytest.raises(UsageError, match="No notebooks in"):
        find([tree("notes.txt")])


# ---------------------------------------------------------------- reading


def test_a_file_is_read_as_it_is(tree: Callable[..., Path]) -> None:
    assert read(find([tree("a.ipynb")])[0]) == DATA


def reason(handed: Handed) -> str:
    try:
        read(handed)
    except UnreadableError as error:
        return str(error)
    pytest.fail("it was read")


def test_a_link_is_listed_but_not_followed(tree: Callable[..., Path]) -> None:
    root = tree("a.ipynb")
    (root / "b.ipynb").symlink_to("/etc/passwd")
    (root / "folder").symlink_to("/")
    found = find([root])
    assert ids(found) == ["a", "b"]
    assert reason(found[1]) == "it cannot be read: it is a link."


@pytest.mark.parametrize("kind", ["fifo", "socket"])
def test_what_is_no_ordinary_file_is_not_waited_for(
    tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket has to be short
    if kind == "fifo":
        os.mkfifo("a.ipynb")
    else:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("a.ipynb")
    told = reason(find([tmp_path])[0])
    assert told in {"it is not an ordinary file.", "it cannot be read: No such device or address."}


def test_a_folder_that_is_called_like_a_notebook_is_searched(tree: Callable[..., Path]) -> None:
    assert ids(find([tree("a.ipynb/b.ipynb")])) == ["b"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_unreadable(tree: Callable[..., Path]) -> None:
    root = tree("a.ipynb")
    (root / "a.ipynb").chmod(0)
    assert reason(find([root])[0]) == "it cannot be read: Permission denied."


def test_a_file_that_is_gone_by_now_is_unreadable(tree: Callable[..., Path]) -> None:
    root = tree("a.ipynb")
    found = find([root])
    (root / "a.ipynb").unlink()
    assert "No such file" in reason(found[0])


def test_a_sparse_giant_is_refused_without_being_read(tree: Callable[..., Path]) -> None:
    root = tree("a.ipynb")
    os.truncate(root / "a.ipynb", 300 << 20)
    assert reason(find([root])[0]).startswith("it is larger than 20 MB (300 MB).")


# ---------------------------------------------------------------- zips


def test_a_damaged_zip_is_one_unreadable_submission(tmp_path: Path) -> None:
    (tmp_path / "class.zip").write_bytes(b"PK\x03\x04 not really")
    (found,) = find([tmp_path / "class.zip"])
    assert reason(found).startswith("it is not a zip that can be read")


def test_a_bomb_is_cut_off_while_it_unfolds(tmp_path: Path) -> None:
    zipped(tmp_path / "class.zip", {"bomb.ipynb": bytes(MAX_FILE + 1), "a.ipynb": DATA})
    found = find([tmp_path / "class.zip"])
    assert ids(found) == ["a", "bomb"]
    assert reason(found[1]) == "it is larger than 20 MB."
    assert read(found[0]) == DATA


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    zipped(tmp_path / "class.zip", {"a.ipynb": b"/etc/passwd"}, mode=stat.S_IFLNK | 0o777)
    assert reason(find([tmp_path / "class.zip"])[0]) == "it is a link or a device in its zip."


def test_a_member_that_is_there_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("a.ipynb", b"one")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.ipynb", b"two")
    found = find([tmp_path / "class.zip"])
    assert [handed.fault for handed in found] == ["", "its zip has it twice."]


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "class.zip", {"a.ipynb": DATA}).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1  # the flag in the central directory
    (tmp_path / "class.zip").write_bytes(data)
    assert reason(find([tmp_path / "class.zip"])[0]) == "its zip is encrypted."


def test_a_member_with_wrong_content_is_damaged(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.ipynb", b"right")
    (tmp_path / "class.zip").write_bytes(content.getvalue().replace(b"right", b"wrong"))
    assert "its zip is damaged there" in reason(find([tmp_path / "class.zip"])[0])


def test_a_member_that_cannot_be_unpacked_is_damaged(tmp_path: Path) -> None:
    path = zipped(tmp_path / "class.zip", {"a.ipynb": bytes(range(256))})
    content = bytearray(path.read_bytes())
    content[30 + len("a.ipynb")] |= 0b110  # the first byte that is packed; there is no block of this kind
    path.write_bytes(content)
    assert "its zip is damaged there" in reason(find([path])[0])


def test_a_forked_process_reads_a_zip_for_itself(tmp_path: Path) -> None:
    large = bytes(random.Random(1).choices(range(256), k=100_000))  # than the buffer of an open file
    path = zipped(tmp_path / "class.zip", {"a.ipynb": large, "b.ipynb": large})
    handed = find([path])
    descriptor = archive(str(path), "").fp.fileno()  # type: ignore[union-attr]  # it is open
    before = os.lseek(descriptor, 0, os.SEEK_CUR)
    child = multiprocessing.get_context("fork").Process(target=read, args=handed[:1])
    child.start()
    child.join()
    assert child.exitcode == 0
    assert os.lseek(descriptor, 0, os.SEEK_CUR) == before


@pytest.mark.parametrize("name", ["../../evil.ipynb", "/etc/evil.ipynb", "..\\evil.ipynb", "a/../evil.ipynb"])
def test_no_name_in_a_zip_is_used_as_a_path(tmp_path: Path, name: str) -> None:
    zipped(tmp_path / "class.zip", {name: DATA})
    (found,) = find([tmp_path / "class.zip"])
    assert found.id == "evil"
    assert read(found) == DATA
    assert [path.name for path in tmp_path.iterdir()] == ["class.zip"]


# ---------------------------------------------------------------- ids


def test_notebooks_of_one_name_are_told_apart_by_their_zips(tmp_path: Path) -> None:
    for name in ("ada", "bo"):
        zipped(tmp_path / f"{name}.zip", {"hw.ipynb": DATA})
    assert ids(find([tmp_path])) == ["ada-hw", "bo-hw"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        pytest.param("José Núñez", "Jose-Nunez", id="accents"),
        pytest.param("a/b", "a-b", id="a path"),
        pytest.param("=cmd|calc", "cmd-calc", id="a formula"),
        pytest.param("-rf", "rf", id="an option"),
        pytest.param("x" * 300, "x" * 100, id="a long name"),
        pytest.param("a_b.c@d", "a_b.c@d", id="legible as it is"),
        pytest.param("<script>", "script", id="markup"),
        pytest.param("王小明", "王小明", id="another script"),
        pytest.param("Łukasz Groß", "Łukasz-Groß", id="letters without accents"),
        pytest.param("हिन्दी", "हिन्दी", id="letters with marks"),
        pytest.param("王" * 200, "王" * 60, id="a long name in another script"),
        pytest.param("a\u202eb\u200bc", "abc", id="marks that turn and hide text"),
        pytest.param("a\x00b\x1b[1m", "a-b-1m", id="control characters"),
        pytest.param("x.notebook", "x-notebook", id="as the page of a notebook"),
    ],
)
def test_an_id_is_legible_and_safe(name: str, safe: str) -> None:
    assert safe_id(name) == safe


@given(st.text())
def test_every_name_gives_a_safe_id(name: str) -> None:
    safe = safe_id(name)
    assert 0 < len(safe) <= 100
    assert len(f".{safe}.notebook.html.12345678.part".encode()) < 255
    assert all(
        character.isalnum() or character in "-._@" or unicodedata.category(character)[0] == "M"
        for character in safe
    )
    assert safe == unicodedata.normalize("NFC", safe)
    assert not safe.lower().endswith(".notebook")
    assert ".." not in safe
    assert set(safe[:1]) & set("-._@=+") == set()
    assert "/" not in safe


def test_names_in_scripts_without_latin_letters_stay_apart() -> None:
    assert safe_id("王小明") != safe_id("李小龙")
    assert safe_id("👍").startswith("id-")


def test_ids_that_one_disk_would_take_for_another_are_told_apart(tree: Callable[..., Path]) -> None:
    root = tree("Ada.ipynb", "ada.ipynb.txt", "x.ipynb", "x.notebook.ipynb", "STRASSE.ipynb", "straße.ipynb")
    names = [unicodedata.normalize("NFC", one).casefold() for one in ids(find([root]))]
    pages = [f"{one}{ending}" for one in names for ending in (".html", ".notebook.html")]
    assert len({*pages}) == 12
