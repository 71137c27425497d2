"""A notebook says of a wrong function what `grader check` and the page of feedback say."""

from __future__ import annotations

import ast
import contextlib
import json
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.definition import Definition
from grader.assignments.handout import NAME, read_handout
from grader.assignments.loader import text_of
from grader.comparison.verdict import Verdict
from grader.grading.pipeline import grade
from grader.models.report import Report, Score
from grader.notebooks.magics import without_magics
from grader.notebooks.solution import sample
from grader.public_tests import runner
from grader.public_tests.card import Card
from grader.public_tests.case_file import read_public
from grader.public_tests.runner import PublicTests
from grader.reports.wording import worded
from grader.sandbox.fork_server import ForkServer

BROKEN = sorted((Path(__file__).parents[2] / "testcases" / "dnn_step_by_step" / "broken").glob("*.py"))
OBSERVED = {
    "caches_counted_from_the_end", "db_has_rank_1", "last_gradient_in_the_loop", "leaked_loop_variable",
    "three_layers_fixed", "wrong_seed",
}  # fmt: skip
"""What the grader can say more of: it observes a call in the sandbox, and has the text of the function."""
ONLY_IN_THE_SANDBOX = {"kills_its_process", "never_ends"}


@pytest.fixture(scope="module")
def folder(definition: Definition) -> Path:
    return definition.course.root / "assignments" / definition.name


def names_of(notebook: bytes) -> dict[str, Any]:
    """What the definitions and imports of a notebook of the sample class bind."""
    names: dict[str, Any] = {}
    for cell in json.loads(notebook)["cells"]:
        try:
            tree = (
                ast.parse(without_magics("".join(cell["source"])))
                if cell["cell_type"] == "code"
                else ast.Module([], [])
            )
        except SyntaxError:
            continue
        kept = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom)]
        kept = [node for node in kept if getattr(node, "module", "") != "public_tests"]
        exec(compile(ast.Module(kept, []), "notebook", "exec"), names)  # the sample class is our own
    return names


@pytest.mark.parametrize(
    "broken", [path for path in BROKEN if path.stem not in ONLY_IN_THE_SANDBOX], ids=lambda path: path.stem
)
def test_a_notebook_says_what_grader_check_says(
    broken: Path,
    definition: Definition,
    solution: Any,
    folder: Path,
    sandbox: ForkServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    notebook = sample(solution, None, [text_of(broken)])
    handed = read_handout(folder / NAME).assignment()
    report: Report = grade(handed, sandbox, notebook, id="x", file="x.ipynb")
    monkeypatch.syspath_prepend(folder)
    names = names_of(notebook)
    tests = PublicTests({one.name: one for one in read_public(folder / "public_cases.h5")}, folder / NAME)
    cards: list[Card] = []
    monkeypatch.setattr(runner, "show", cards.append)
    failed = [score for score in report.exercises if score.verdict is not Verdict.PASSED]
    assert failed
    for score in failed:
        cards.clear()
        _run(tests, score.name, names)
        [card] = cards
        _check_alike(card, score, broken.stem)


def _run(tests: PublicTests, name: str, names: dict[str, Any]) -> None:
    with contextlib.suppress(Exception):  # what it raises is on the card
        tests.run(name, names.get(name))


def _check_alike(card: Card, score: Score, broken: str) -> None:
    assert card.shown == worded(score.verdict, score.message)
    assert card.message == score.message.partition(", in a call of")[0]
    if score.cause:
        assert card.first == score.hint
        return
    if broken in OBSERVED:
        return
    assert card.hint == score.hint
    for line in card.example.splitlines()[1:]:
        assert line.partition(": ")[2] in score.example
    assert bool(card.example) == bool(score.example)
