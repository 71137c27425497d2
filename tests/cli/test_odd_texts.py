"""Whatever text is in one notebook: no command stops for the class."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_any_text import ODD, of

from grader.assignments.course import Course
from grader.export.registry import EACH, SHEETS, TABLES

COMMANDS = [
    ("report", "results"), ("feedback", "results"), ("feedback", "results", "--notebook"),
    ("regrade", "results", "--diff"), ("comment", "results", "double-000000", "x"),
    *(("export", "results", "--to", name, "--out", f"{name}.zip") for name in EACH),
    *(("export", "results", "--to", name, "--out", name) for name in (*TABLES, *SHEETS)),
]  # fmt: skip


@pytest.fixture
def odd_class(small_course: Callable[..., Course]) -> Path:
    """A course with a class: each text in the code, the outputs and the exceptions of some."""
    root = small_course().root
    (root / "in").mkdir()
    for i, text in enumerate(ODD):
        spelled = json.dumps(text[:2000])
        for kind, source in {
            "print": f"def double(x):\n    # {text[:2000]!r}\n    print({spelled})\n    return 2 * x",
            "raise": f"def double(x):\n    raise ValueError({spelled})",
            "answer": f"def double(x):\n    return {spelled}",
            "raw": f'def double(x):\n    """{text[:2000]}"""\n    return 3 * x',
        }.items():
            notebook = json.loads(of(text[:2000]))
            notebook["cells"].append({**notebook["cells"][1], "source": source})
            (root / "in" / f"{kind}{i}.ipynb").write_text(json.dumps(notebook))
    return root


def test_no_command_stops_for_a_class_with_odd_texts(odd_class: Path, cli: Callable[..., Any]) -> None:
    ended = cli("grade", "small", "in", "--isolation", "weak", cwd=odd_class)
    assert ended.status in (0, 1), ended.err
    told = json.loads((odd_class / "results" / "results.json").read_text())["submissions"]
    assert len(told) == 4 * len(ODD)
    assert {one["points"] for one in told if one["id"].startswith("print")} <= {5, None}
    assert not [one["notes"] for one in told if one["status"] == "failed"]
    for command in COMMANDS:
        ended = cli(*command, cwd=odd_class)
        assert ended.status in (0, 1) or command[0] == "comment", (command, ended.err)
    for path in sorted((odd_class / "in").iterdir())[::7]:
        assert cli("check", path, "--assignment", "small", "--isolation", "weak", cwd=odd_class).status in (
            0,
            1,
            2,
        )
