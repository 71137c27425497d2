"""What a source and its tests import is imported once, in the warm process, and not in each child."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nbgrader_cells import code, graded, solution, written

from grader.assignments import assertion_process
from grader.importers.readers import read
from grader.importers.recording import record
from grader.importers.source import SourceNotebook
from grader.models.execution import Call, Program, Run, Status
from grader.plain.frames import Column, Frame, Labels
from grader.sandbox.import_names import needed


class Spy:
    """A sandbox that notes what the warm process would import."""

    def __init__(self) -> None:
        self.needed: set[str] = set()

    def run(self, program: Program, calls: Sequence[Call], *_: Any, **__: Any) -> Sequence[Run]:
        self.needed |= needed(program)
        return [Run(Status.CRASHED) for _ in calls]


def test_what_the_cells_and_modules_of_a_source_import_is_imported_ahead(tmp_path: Path) -> None:
    (tmp_path / "tools.py").write_text("import csv\n")
    cells = [
        code("%matplotlib inline\nimport tools, h5py"),
        solution("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "x"),
        graded("import json\nassert x == 1", "test"),
    ]
    [found] = read(written(tmp_path / "week.ipynb", cells))
    assert isinstance(found, SourceNotebook)
    spy = Spy()
    record(found, spy)
    assert spy.needed >= {"csv", "h5py", "json"}
    assert not {"tools", "grader.models"} & spy.needed


@pytest.mark.parametrize(
    ("answer", "ahead"),
    [
        (1, {"json"}),
        (Frame(Labels((None,), ()), Labels((None,), ()), (Column(np.zeros(1), "f"),)), {"json", "pandas"}),
    ],
    ids=["plain", "of pandas"],
)
def test_what_a_test_needs_is_imported_ahead(
    monkeypatch: pytest.MonkeyPatch, answer: Any, ahead: set[str]
) -> None:
    spy = Spy()
    monkeypatch.setattr(assertion_process, "_sandbox", lambda _: spy)
    source = "def test(x):\n    import json\n    assert x == 1\n"
    assertion_process.told(source, [("read", "x", [], {}, [])], [answer], assertion_process.Beside({}, {}))
    assert spy.needed == ahead
