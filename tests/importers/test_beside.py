"""Files beside a source notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.importers.beside import files_beside
from grader.importers.source import Role, SourceCell


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    for name in (
        "checks.py",
        "pack/__init__.py",
        "made-by-hand/run.py",
        "2nd.py",
        "pack/class.py",
        "sums.py",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("import sums\n" if name == "checks.py" else "")
    return tmp_path / "one.ipynb"


def test_a_file_that_no_notebook_can_import_is_no_module(notebook: Path) -> None:
    tests = ["import checks, pack, run", "from pack import class_"]
    assert files_beside(notebook, [], tests).helpers.keys() == {"checks.py", "pack/__init__.py", "sums.py"}


def test_only_the_modules_that_tests_mention_are_theirs(notebook: Path) -> None:
    (notebook.parent / "nbgrader_config.py").write_text("%%file no Python\n")
    found = files_beside(notebook, [], ["__import__('checks').right(x)"])
    assert found.helpers.keys() == {"checks.py", "sums.py"}


def test_what_a_cell_imports_is_of_students_with_all_that_it_imports(notebook: Path) -> None:
    found = files_beside(notebook, [SourceCell(1, Role.CODE, "import checks")], ["import sums"])
    assert (found.modules.keys(), found.helpers.keys()) == ({"checks.py", "sums.py"}, set())
