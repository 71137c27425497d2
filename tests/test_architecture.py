"""What the architecture says of modules holds for the files that there are."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path, PurePosixPath

import pytest

import grader

PACKAGE = Path(grader.__file__).parent
FOREIGN = ("authoring/template", "exercises")  # written by instructors, or generated
MODULES = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if not any(path.relative_to(PACKAGE).is_relative_to(folder) for folder in FOREIGN)
)
LONGEST = 400
FEW = 6
ROOMS_OF_CODE = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}

TESTS = Path(__file__).parent
# Folders of tests of the whole, or of what students and instructors write; each other one is of a room.
OF_THE_WHOLE = {"attacks", "courses", "exercises", "fuzz", "golden", "honest", "parity"}

# Third-party package -> the only modules (or packages of them) that import it.
ROOMS = {
    "IPython": {"notebooks", "sandbox"},
    "nbformat": {"notebooks"},
    "nbconvert": {"notebooks"},
    "jupytext": {"notebooks"},
    "nh3": {"notebooks"},
    "latex2mathml": {"notebooks/formulas.py"},
    "h5py": {"public_tests", "grading/known_mistakes.py"},
    "jinja2": {"reports", "server/pages"},
    "msgspec": {"results", "notebooks", "export", "server"},
    "markupsafe": {"reports", "server"},
    "sqlite3": {"results/sqlite.py"},
    "matplotlib": {"reports"},
    "rich": {"cli", "reports"},
    "click": {"cli"},
    "sqlalchemy": {"server/store"},
    "alembic": {"server/store"},
    "starlette": {"server"},
    "uvicorn": {"server/run.py", "server/web.py"},
    "prometheus_client": {"server/metrics.py"},
    "itsdangerous": {"server/identity"},
    "joserfc": {"server/identity"},
    "httpx2": {"server"},
    "dask": {"execution/dask_client.py", "execution/dask_cluster.py"},
    "distributed": {"execution/dask_client.py", "execution/dask_cluster.py"},
    "yaml": {"submissions", "importers"},
}

# Call -> the only modules that make it.
DANGEROUS = {
    "exec": {
        "sandbox/worker.py",
        "importers/in_child.py",  # the cells of a source notebook, in the child
        "public_tests/replaying.py",  # a function that a recorded step has as an argument: the instructor's
        "comparison/asserting.py",  # a test that judges by its own assertions: the instructor's
        "sandbox/provided_modules.py",
        "sandbox/ipython_shell.py",
        "assignments/definition.py",  # the reference, for generators: the instructor's
        "comparison/judges.py",  # a judge as it is handed out: the instructor's
        "public_tests/attempts.py",  # a driver as it is handed out, in the student's notebook
    },
    "eval": {
        "sandbox/observing.py",  # names and indices of a student, in the child
        "public_tests/replaying.py",  # as above
    },
    "__import__": set[str](),
}


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@functools.cache  # many tests ask it of all modules
def imports(path: Path) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    nodes = [*ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    whole = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in whole | parts}


@functools.cache
def calls(path: Path) -> set[str]:
    """The names that a module calls."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    return {function.id for function in called if isinstance(function, ast.Name)}


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_the_first_line_of_a_module_says_its_one_job(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring, "it has no docstring"
    first = docstring.split("\n")[0]
    assert path.read_text(encoding="utf-8").startswith(f'"""{first}')
    assert re.fullmatch(r"[A-Za-z`].*[.?]", first), first


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_no_module_is_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_file_of_tests_is_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in TESTS.rglob("*.py")}
    assert [path for path, length in lengths.items() if length > LONGEST] == []


def test_the_package_is_rooms_and_few_files() -> None:
    assert len([path for path in PACKAGE.iterdir() if path.is_file()]) <= FEW


def test_every_room_has_a_folder_of_tests_and_every_other_folder_is_of_the_whole() -> None:
    folders = {path.name for path in TESTS.iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders == ROOMS_OF_CODE | OF_THE_WHOLE


def folders_of(name: str) -> set[str]:
    return {parent.as_posix() for parent in PurePosixPath(name).parents}


@pytest.mark.parametrize("package", ROOMS)
def test_a_dependency_has_one_room(package: str) -> None:
    importing = {place(path) for path in MODULES if package in imports(path)}
    assert {name for name in importing if not {name, *folders_of(name)} & ROOMS[package]} == set()


@pytest.mark.parametrize("name", DANGEROUS)
def test_code_is_run_in_few_places_only(name: str) -> None:
    assert {place(path) for path in MODULES if name in calls(path)} <= DANGEROUS[name]


@pytest.mark.parametrize("module", ["pickle", "marshal", "shelve", "dill", "cloudpickle"])
def test_values_cross_as_plain_data_only(module: str) -> None:
    assert not [place(path) for path in MODULES if module in imports(path)]


def test_no_module_is_called_by_a_word_that_says_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "handler", "base", "core", "misc", "common"}
    assert not {path.stem for path in MODULES} & empty


def test_there_are_modules() -> None:
    assert len(MODULES) > 40


def test_no_two_test_files_that_pytest_would_import_under_one_name_have_it():
    by_name: dict[str, list[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        if not (path.parent / "__init__.py").exists():
            by_name.setdefault(path.name, []).append(path.relative_to(TESTS).as_posix())

    assert {name: paths for name, paths in by_name.items() if len(paths) > 1} == {}
