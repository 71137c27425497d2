"""Tests of the read-only mount tree."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.sandbox.layers.mounts import outermost

from .conftest import Run


@pytest.fixture
def shown(public_folder: Path) -> Path:
    """A directory that every user may read, with a file in it."""
    folder = public_folder / "shown"
    folder.mkdir()
    (folder / "file").write_text("content")
    (folder / "file").chmod(0o666)
    folder.chmod(0o777)
    return folder


def inside(run: Run, paths: list[Path], script: str, before: str = "") -> list[str]:
    """Run a script in a tree of nothing but `paths`."""
    names = ", ".join(repr(str(path)) for path in paths)
    return run(f"{before}\nshow_only({names})\n{textwrap.dedent(script)}")


def test_only_the_given_paths_are_there(run: Run, shown: Path) -> None:
    printed = inside(
        run,
        [shown],
        """
        def below(directory):
            for name in sorted(os.listdir(directory)):
                path = os.path.join(directory, name)
                print(path)
                if os.path.isdir(path):
                    below(path)
        below("/")
        """,
    )
    parents = [str(parent) for parent in reversed(shown.parents)][1:]
    assert printed == [*parents, str(shown), str(shown / "file")]


def test_a_file_can_be_given_by_itself(run: Run, shown: Path) -> None:
    (shown / "secret").write_text("not given")
    printed = inside(
        run, [shown / "file"], f"print(os.listdir({str(shown)!r}), open({str(shown / 'file')!r}).read())"
    )
    assert printed == ["['file'] content"]


def test_a_link_stands_for_what_it_points_to(run: Run, shown: Path) -> None:
    link = shown.parent / "link"
    link.symlink_to("shown")
    assert inside(run, [link], f"print(open({str(link / 'file')!r}).read())") == ["content"]


def test_a_path_that_does_not_exist_is_passed_over(run: Run, shown: Path) -> None:
    missing = shown.parent / "missing"
    printed = inside(run, [missing, shown], f"print(os.listdir({str(shown.parent)!r}))")
    assert printed == ["['shown']"]


def test_nothing_can_be_changed(run: Run, shown: Path) -> None:
    printed = inside(
        run,
        [shown],
        f"""
        print(refusal(os.open, {str(shown / "file")!r}, os.O_WRONLY))
        print(refusal(os.open, {str(shown / "new")!r}, os.O_WRONLY | os.O_CREAT))
        print(refusal(os.unlink, {str(shown / "file")!r}))
        print(refusal(os.mkdir, "/new"))
        print(refusal(os.chmod, "/", 0o777))
        """,
    )
    assert printed == ["EROFS"] * 5
    assert (shown / "file").read_text() == "content"


@pytest.mark.parametrize("option", ["NOSUID", "NODEV", "RDONLY"])
def test_every_mount_has_the_options_that_protect(run: Run, shown: Path, option: str) -> None:
    script = f"print([bool(os.statvfs(path).f_flag & os.ST_{option}) for path in ('/', {str(shown)!r})])"
    assert inside(run, [shown], script) == ["[True, True]"]


def test_the_process_stands_in_the_new_tree(run: Run, shown: Path) -> None:
    script = "print(os.getcwd(), os.path.exists('..' + '/..' * 9 + '/etc'))"
    assert inside(run, [shown], script) == ["/ False"]


def test_another_user_can_walk_the_tree_whatever_the_umask_was(run: Run, shown: Path) -> None:
    printed = inside(
        run,
        [shown],
        f"""
        be_ordinary()
        print(open({str(shown / "file")!r}).read())
        """,
        before="os.umask(0o077)",
    )
    assert printed == ["content"]


def test_the_tree_outside_is_unchanged(run: Run, shown: Path) -> None:
    inside(run, [shown], "")
    assert Path("/etc").is_dir()
    (shown / "file").write_text("still writable")


def test_mounts_that_are_shared_with_the_outside_do_not_matter(run: Run) -> None:
    printed = run("""
        needed(namespaces.isolate)
        recursive, shared = 0x4000, 0x100000
        syscalls.syscall(syscalls.number("mount"), None, b"/", None, recursive | shared)
        mounts.enter([])
        print(os.listdir("/"))
    """)
    assert printed == ["[]"]


def test_entering_needs_a_mount_namespace_of_its_own(run: Run) -> None:
    assert run("namespaces.drop_capabilities()\nprint(refusal(mounts.enter, ['/usr']))") == ["EPERM"]


def test_paths_below_another_are_left_out() -> None:
    assert outermost(["/usr/lib/python", "/usr", "/usr", "/usr2/lib", "/etc/passwd"]) == [
        "/etc/passwd",
        "/usr",
        "/usr2/lib",
    ]


PATHS = st.lists(
    st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(lambda names: "/" + "/".join(names))
)


@given(PATHS)
def test_every_path_is_at_or_below_exactly_one_that_is_kept(paths: list[str]) -> None:
    kept = outermost(paths)
    for path in paths:
        assert len([top for top in kept if Path(path).is_relative_to(top)]) == 1
    assert set(kept) <= set(paths)
