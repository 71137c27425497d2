"""Modules of the package become one file that runs without it."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from types import ModuleType

import pytest

from grader.authoring.bundle import bundle, bundled, function_of
from grader.comparison import compare, elements, verdict
from grader.public_tests import runner

ALLOWED = {"h5py", "numpy", *sys.stdlib_module_names}
LATER = {"pandas"}
"""What is imported where a student's notebook has it."""


def test_a_bundle_runs_where_there_is_no_package(tmp_path: Path) -> None:
    ending = f"print({function_of(compare.__name__)}().compare(1.0, 1.0).verdict.value)"
    (tmp_path / "one.py").write_text(bundle(runner, "One file.", ending))
    script = "import sys; sys.modules['grader'] = None; sys.path.append(sys.argv[1])\n"
    script += "import one; print(one.__doc__)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, tmp_path], check=False, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["passed", "One file."], done.stderr


def test_each_module_comes_after_those_that_it_needs() -> None:
    modules = bundled(runner)
    assert modules[-1] is runner
    assert len(modules) == len({*modules})
    assert modules.index(verdict) < modules.index(elements) < modules.index(compare)


@pytest.mark.parametrize("module", bundled(runner), ids=lambda module: module.__name__)
def test_what_is_bundled_imports_no_more_than_students_have(module: ModuleType) -> None:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert {name.split(".")[0] for name in names} <= ALLOWED | LATER | {"grader"}


@pytest.mark.parametrize("module", bundled(runner), ids=lambda module: module.__name__)
def test_a_module_is_bundled_as_it_stands_but_for_its_imports(module: ModuleType) -> None:
    tree = ast.parse(bundle(module, "One."))
    [function] = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == function_of(module.__name__)
    ]
    whole = ast.parse(inspect.getsource(module))
    kept = [_dumped(node) for node in whole.body if not _of_package(node)]
    assert [_dumped(node) for node in function.body if not _assigns_bundled(node)][:-1] == kept


def _dumped(node: ast.stmt) -> str:
    """A statement as text, whatever the indentation of its docstrings."""
    return re.sub(r"\\n *", " ", ast.dump(node))


def _of_package(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("grader", "__future__")


def _assigns_bundled(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and "Call(func=Name(id='_grader" in ast.dump(node.value)


def test_names_of_one_module_do_not_hide_those_of_another(tmp_path: Path) -> None:
    ending = "print(_grader_public_tests_runner() is not None, 'compare' in globals())"
    (tmp_path / "one.py").write_text(bundle(runner, "One file.", ending))
    done = subprocess.run([sys.executable, tmp_path / "one.py"], check=False, capture_output=True, text=True)
    assert done.stdout == "True False\n"


def test_what_is_imported_inside_a_function_is_found_in_the_bundle(tmp_path: Path) -> None:
    module = ModuleType("grader.lazy")
    (tmp_path / "lazy.py").write_text(
        textwrap.dedent('''
        """Lazy."""

        from __future__ import annotations

        def passed():
            from grader.comparison.verdict import (
                PASSED,
                Verdict as Other,
            )
            return PASSED.verdict is Other.PASSED
        ''').lstrip()
    )
    module.__file__ = str(tmp_path / "lazy.py")
    sys.modules["grader.lazy"] = module
    try:
        exec(compile((tmp_path / "lazy.py").read_text(), module.__file__, "exec"), vars(module))
        names: dict[str, object] = {}
        exec(bundle(module, "One."), names)
        assert names["_grader_lazy"]().passed() is True  # type: ignore[operator]
    finally:
        del sys.modules["grader.lazy"]


def test_a_bundle_says_which_module_each_part_comes_from() -> None:
    text = bundle(compare, "Two.")
    assert text.startswith('"""Two."""\n')
    assert text.index("- grader.comparison.verdict") < text.index("- grader.comparison.compare")
    assert text.endswith("\n")
