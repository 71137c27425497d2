"""Files beside a source notebook."""

from __future__ import annotations

from pathlib import Path

from grader.importers.beside import files_beside


def test_a_file_that_no_notebook_can_import_is_no_module(tmp_path: Path) -> None:
    for name in ("checks.py", "pack/__init__.py", "made-by-hand/run.py", "2nd.py", "pack/class.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert files_beside(tmp_path / "one.ipynb", []).helpers.keys() == {"checks.py", "pack/__init__.py"}
