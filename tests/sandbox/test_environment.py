"""Children import from where the running interpreter does, and read nothing else of it."""

from __future__ import annotations

import json
import os
import resource
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.sandbox import environment
from grader.sandbox.environment import readable_paths, search_path
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.imports import import_faults
from grader.sandbox.launcher import configuration
from grader.sandbox.subprocess_fallback import Subprocesses
from grader.sandbox.zygote_client import Zygote

Folder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A function that makes files in a folder from which this interpreter imports."""

    def make(name: str, *files: str) -> Path:
        for file in files:
            (tmp_path / name / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / file).write_text("x = 1\n")
        monkeypatch.setattr(sys, "path", [sys.path[0], str(tmp_path / name), *sys.path[1:]])
        return tmp_path / name

    return make


def read_of(folder: Path) -> set[str]:
    """What children may read of a folder, by its names there."""
    paths = map(Path, readable_paths())
    return {str(path.relative_to(folder)) for path in paths if path.is_relative_to(folder)}


@pytest.mark.parametrize(
    ("name", "files"),
    [
        pytest.param("site-packages", ["spam/__init__.py"], id="a user's own"),
        pytest.param("dist-packages", ["spam/__init__.py"], id="Debian's"),
        pytest.param("libs", ["spam/__init__.py", "spam-1.0.dist-info/METADATA"], id="one that pip filled"),
        pytest.param("source", ["spam/__init__.py"], id="one of PYTHONPATH or of an editable installation"),
    ],
)
def test_a_package_of_a_place_to_import_from_may_be_read(folder: Folder, name: str, files: list[str]) -> None:
    made = folder(name, *files)
    assert str(made) in search_path()
    assert read_of(made) == {"spam"}


def test_of_a_place_that_is_no_installation_only_packages_and_modules_are_read(folder: Folder) -> None:
    made = folder("home", "notes/secret.txt", "plan.txt", "spam/__init__.py", "eggs.py", "spam.libs/a.so")
    assert read_of(made) == {"spam", "eggs.py", "spam.libs"}


def test_packages_that_share_a_name_are_read_one_by_one(folder: Folder) -> None:
    made = folder("site-packages", "sphinx/ext/spam/__init__.py", "nvidia/blas/lib/libblas.so.12", "nvidia/a")
    assert read_of(made) == {"sphinx/ext/spam", "nvidia/blas/lib/libblas.so.12"}


CLONE = [
    "clone/README.md",
    "clone/solutions/dnn.py",
    "clone/testcases/dnn/broken/one.py",
    "clone/results/results.db",
    "clone/submissions/s01.ipynb",
    "clone/.venv/pyvenv.cfg",
]


@pytest.mark.parametrize("name", ["site-packages", "dist-packages", "source"])
def test_a_course_beside_packages_is_not_read(folder: Folder, name: str) -> None:
    assert read_of(folder(name, *CLONE, "spam/__init__.py")) == {"spam"}


def test_a_course_that_is_a_package_is_not_read(folder: Folder) -> None:
    files = ["ours/__init__.py", "ours/solutions/dnn.py", "ours/testcases/dnn.py"]
    assert read_of(folder("site-packages", *files, "spam/__init__.py")) == {"spam"}


def test_a_package_may_have_a_part_called_solutions(folder: Folder) -> None:
    assert read_of(folder("site-packages", "spam/__init__.py", "spam/solutions/x.py")) == {"spam"}


def test_of_the_folders_of_the_system_only_shared_libraries_are_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    native = f"{os.uname().machine}-linux-gnu"
    lib = folder("lib", "libz.so.1", f"{native}/libm.so", *CLONE, "results/results.db", "notes.txt")
    monkeypatch.setattr(environment, "LIBRARIES", (str(lib),))
    monkeypatch.setattr(sys, "path", [sys.path[0]])
    assert read_of(lib) == {"libz.so.1", native}


def test_of_the_standard_library_only_modules_are_read(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdlib = folder(
        "python3.11",
        "os.py",
        "__future__.py",
        "json/__init__.py",
        "lib-dynload/_bz2.so",
        "__pycache__/os.pyc",
        "site-packages/spam/__init__.py",
        *CLONE,
    )
    monkeypatch.setattr(environment.sysconfig, "get_path", lambda _: str(stdlib))
    monkeypatch.setattr(sys, "path", [sys.path[0]])
    assert read_of(stdlib) == {"os.py", "__future__.py", "json", "lib-dynload", "__pycache__"}


@pytest.mark.parametrize("name", ["solutions", "testcases"])
def test_what_an_instructor_wrote_is_never_read(folder: Folder, name: str) -> None:
    assert read_of(folder(f"course/{name}", "dnn.py")) == set()
    assert read_of(folder("course", f"{name}/__init__.py")) == set()


@pytest.mark.parametrize("name", ["grader", "grader_course", "grader-0.1.0.dist-info"])
def test_no_copy_of_the_grader_is_read(folder: Folder, name: str) -> None:
    assert read_of(folder("site-packages", f"{name}/x.py", "spam/__init__.py")) == {"spam"}


def test_the_folder_of_the_script_is_no_place_to_import_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "of_another.py").touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert str(tmp_path) not in search_path()
    assert read_of(tmp_path) == set()


@pytest.fixture
def developed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Packages that setuptools has installed where they are developed, as `pip install -e` may do it."""
    for file in (
        "src/spam/__init__.py",
        "src/spam/core.py",
        "src/eggs.py",
        "lib/__init__.py",
        "src/plan.txt",
    ):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x = 1\n")
    module = types.ModuleType("__editable___spam_1_0_finder")
    module.MAPPING = {
        "spam": f"{tmp_path}/src/spam", "eggs": f"{tmp_path}/src/eggs", "renamed": f"{tmp_path}/lib",
        "grader": f"{tmp_path}/src/spam", "gone": f"{tmp_path}/gone", "secret": f"{tmp_path}/solutions",
    }  # fmt: skip
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "__init__.py").touch()
    finder = type("_EditableFinder", (), {"__module__": module.__name__, "find_spec": lambda *_: None})
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])
    return tmp_path


def test_of_a_package_that_is_developed_elsewhere_nothing_else_is_read(developed: Path) -> None:
    assert read_of(developed) == {"src/spam", "src/eggs.py", "lib"}


@pytest.mark.parametrize("processes", [Zygote, Subprocesses])
def test_a_package_that_is_developed_elsewhere_is_imported(
    developed: Path, processes: type[Zygote | Subprocesses]
) -> None:
    with ForkServer(20, required="weak", processes=processes) as server:
        assert import_faults(server, ("spam", "spam.core", "eggs", "renamed")) == {}
        assert import_faults(server, ("secret", "gone")).keys() == {"secret", "gone"}


@pytest.fixture
def few_open_files() -> Iterator[None]:
    """As many open files as is usual, where more are allowed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 1024), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.usefixtures("few_open_files")
def test_an_environment_with_very_many_packages_starts(folder: Folder, sandbox: ForkServer) -> None:
    folder(
        "site-packages", *(f"a_package_with_quite_a_long_name_{number}/__init__.py" for number in range(900))
    )
    assert len(json.dumps(configuration())) > 1 << 16  # than one message
    with ForkServer(20, required="weak") as server:
        assert import_faults(server) == {}
        assert server.isolation == sandbox.isolation


def test_a_module_that_student_code_cannot_import_is_named_with_the_reason(sandbox: ForkServer) -> None:
    faults = import_faults(sandbox, ("numpy.fft", "spam.eggs"))
    assert faults == {"spam.eggs": "ModuleNotFoundError: No module named 'spam'"}
