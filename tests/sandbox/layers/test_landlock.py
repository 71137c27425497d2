"""Tests of landlock."""

from __future__ import annotations

import struct
import textwrap
from pathlib import Path

import pytest

from grader.sandbox.layers import landlock

from .conftest import Run


@pytest.fixture
def folder(public_folder: Path) -> Path:
    """A directory with `open/file` and `closed/file`, which every user may read and write."""
    for name in ("open", "closed"):
        (public_folder / name).mkdir()
        (public_folder / name).chmod(0o777)
        (public_folder / name / "file").write_text(name)
        (public_folder / name / "file").chmod(0o666)
    return public_folder


def restricted(run: Run, paths: list[Path], script: str) -> list[str]:
    """Run a script that may read only below `paths`."""
    names = ", ".join(repr(str(path)) for path in paths)
    return run(f"read_only_below({names})\n{textwrap.dedent(script)}")


@pytest.mark.parametrize(
    ("abi", "file_rights", "network_rights", "scopes"),
    [
        pytest.param(1, 13, 0, 0, id="the first"),
        pytest.param(2, 14, 0, 0, id="moving between directories"),
        pytest.param(3, 15, 0, 0, id="truncating"),
        pytest.param(4, 15, 2, 0, id="TCP"),
        pytest.param(5, 16, 2, 0, id="commands to devices"),
        pytest.param(6, 16, 2, 2, id="abstract sockets and signals"),
        pytest.param(99, 16, 2, 2, id="one that is not known yet"),
    ],
)
def test_all_is_denied_that_a_version_can_deny(
    abi: int, file_rights: int, network_rights: int, scopes: int
) -> None:
    bits = [(1 << count) - 1 for count in (file_rights, network_rights, scopes)]
    assert landlock._denied(abi) == struct.pack("=QQQ", *bits)


def test_only_what_is_below_the_paths_can_be_read(run: Run, folder: Path) -> None:
    printed = restricted(
        run,
        [folder / "open"],
        f"""
        print(open("{folder}/open/file").read(), os.listdir("{folder}/open"))
        print(refusal(open, "{folder}/closed/file"), refusal(os.listdir, "{folder}/closed"))
        print(refusal(os.listdir, "{folder}"), refusal(os.listdir, "/"), refusal(open, "/etc/passwd"))
        """,
    )
    assert printed == ["open ['file']", "EACCES EACCES", "EACCES EACCES EACCES"]


def test_a_file_can_be_given_by_itself(run: Run, folder: Path) -> None:
    printed = restricted(
        run,
        [folder / "open" / "file"],
        f"print(open('{folder}/open/file').read(), refusal(os.listdir, '{folder}/open'))",
    )
    assert printed == ["open EACCES"]


def test_nothing_can_be_changed_even_below_the_paths(run: Run, folder: Path) -> None:
    printed = restricted(
        run,
        [folder / "open"],
        f"""
        print(refusal(os.open, "{folder}/open/file", os.O_WRONLY))
        print(refusal(os.open, "{folder}/open/new", os.O_WRONLY | os.O_CREAT))
        print(refusal(os.unlink, "{folder}/open/file"))
        print(refusal(os.mkdir, "{folder}/open/new"))
        print(refusal(os.symlink, "file", "{folder}/open/new"))
        """,
    )
    assert printed == ["EACCES"] * 5


def test_truncating_is_refused_where_the_kernel_can(run: Run, folder: Path) -> None:
    printed = restricted(
        run,
        [folder / "open"],
        f"print(refusal(os.truncate, '{folder}/open/file', 0) if landlock.abi() >= 3 else 'EACCES')",
    )
    assert printed == ["EACCES"]


def test_no_program_can_be_started(run: Run, folder: Path) -> None:
    assert restricted(run, [folder], "print(refusal(os.execv, '/bin/true', ['true']))") == ["EACCES"]


def test_no_tcp_connection_can_be_made_where_the_kernel_can_refuse(run: Run) -> None:
    printed = restricted(
        run,
        [],
        "print(refusal(socket.socket().connect, ('127.0.0.1', 9)) if landlock.abi() >= 4 else 'EACCES')",
    )
    assert printed == ["EACCES"]


def test_no_signal_leaves_where_the_kernel_can_refuse(run: Run) -> None:
    printed = restricted(
        run, [], "print(refusal(os.kill, os.getppid(), 0) if landlock.abi() >= 6 else 'EPERM')"
    )
    assert printed == ["EPERM"]


def test_a_path_that_does_not_exist_is_passed_over(run: Run, folder: Path) -> None:
    printed = restricted(
        run, [folder / "missing", folder / "open"], f"print(open('{folder}/open/file').read())"
    )
    assert printed == ["open"]


def test_a_ruleset_is_only_prepared_until_it_is_entered(run: Run, folder: Path) -> None:
    printed = run(f"""
        needed(landlock.ruleset, [])
        print(open("{folder}/closed/file").read())
    """)
    assert printed == ["closed"]


def test_a_ruleset_that_cannot_be_built_leaves_no_descriptor_behind(run: Run) -> None:
    printed = run("""
        needed(landlock.abi)
        def refuse(*_):
            raise PermissionError(errno.EPERM, "refused")
        landlock._allow_reading = refuse
        before = os.listdir("/proc/self/fd")
        print(refusal(landlock.ruleset, ["/usr"]), os.listdir("/proc/self/fd") == before)
    """)
    assert printed == ["EPERM True"]
