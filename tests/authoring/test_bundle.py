"""Modules of the package become one file that runs without it."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

from grader.authoring.bundle import bundle
from grader.authoring.release import BUNDLED
from grader.comparison import compare, verdict


def test_a_bundle_runs_where_there_is_no_package(tmp_path: Path) -> None:
    text = bundle(BUNDLED, "One file.", "print(compare(1.0, 1.0).verdict.value)")
    (tmp_path / "one.py").write_text(text)
    script = "import sys; sys.modules['grader'] = None; sys.path.append(sys.argv[1])\n"
    script += "import one; print(one.__doc__)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, tmp_path], check=False, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["passed", "One file."], done.stderr


def test_no_name_of_a_bundled_module_hides_that_of_another() -> None:
    defined: dict[str, str] = {}
    for module in BUNDLED:
        for node in ast.parse(inspect.getsource(module)).body:
            for name in names_bound_by(node):
                assert defined.setdefault(name, module.__name__) == module.__name__, name


def names_bound_by(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return set()
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def test_each_import_stands_once_at_the_top() -> None:
    lines = bundle([verdict, compare, compare], "Twice.").splitlines()
    imports = [line for line in lines if line.startswith(("import ", "from "))]
    assert len(set(imports)) == len(imports)
    assert not any("grader" in line for line in imports)
    assert lines[0] == '"""Twice."""'
    assert lines[2] == "from __future__ import annotations"


def test_a_bundle_says_which_module_each_part_comes_from() -> None:
    text = bundle([verdict, compare], "Two.")
    assert text.index("- grader.comparison.verdict") < text.index("- grader.comparison.compare")
    assert text.endswith("\n")
