"""A reader sees the old file or the new one, never half of one."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from grader.files.atomic_files import remove_parts, sync, write_atomically, write_durably, write_privately


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)], ids=["for all", "for its owner"])
def test_a_file_is_written_alone_and_readable_as_others(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "a.json", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert (tmp_path / "a.json").stat().st_mode & 0o777 == mode
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_a_private_file_is_its_owners_alone_from_the_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modes: list[int] = []
    replace = os.replace

    def noted(part: str, target: Path) -> None:
        modes.append(Path(part).stat().st_mode & 0o777)
        replace(part, target)

    monkeypatch.setattr(os, "replace", noted)
    (tmp_path / "a").write_bytes(b"old")
    write_privately(tmp_path / "a", b"new")
    assert modes == [0o600]
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_the_old_file_stays_whole_when_the_new_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def full(part: str, target: Path) -> None:
        assert Path(part).read_bytes() == b"new"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_a_link_is_replaced_and_what_it_points_to_is_not_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"mine")
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert target.read_bytes() == b"mine"
    assert link.read_bytes() == b"new"


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "none" / "a", b"")


def test_what_a_killed_process_had_begun_to_write_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *_: None)  # as if it had been killed just before
        write_atomically(tmp_path / "a.json", b"new")
    assert len([*tmp_path.iterdir()]) == 1
    (tmp_path / ".b").touch()
    remove_parts(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [".b"]


def test_what_is_written_durably_is_on_the_disk_before_it_has_its_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    did: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(descriptor: int) -> None:
        did.append(f"sync {Path(f'/proc/self/fd/{descriptor}').readlink().suffix}")
        sync(descriptor)

    def noted_replace(part: str, path: Path) -> None:
        did.append(f"replace, {Path(part).read_bytes()!r}")
        replace(part, path)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_durably(tmp_path / "a.json", [b"ne", b"w"])
    assert did == ["sync .part", "replace, b'new'", "sync "]
    assert (tmp_path / "a.json").read_bytes() == b"new"


def test_a_folder_whose_names_cannot_be_synced_is_written_to_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync = os.fsync

    def shared(descriptor: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{descriptor}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "Invalid argument")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", shared)
    write_durably(tmp_path / "a.json", [b"new"])
    assert (tmp_path / "a.json").read_bytes() == b"new"


def test_a_file_system_is_synced_at_once_or_all_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alls: list[int] = []
    monkeypatch.setattr(os, "sync", lambda: alls.append(1))
    sync(tmp_path)
    assert len(alls) == (sys.platform != "linux")
    monkeypatch.setattr(sys, "platform", "another")
    sync(tmp_path)
    assert alls[-1:] == [1]
