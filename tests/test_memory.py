"""What was graded once is not run again, and the report is the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from repeated import Counting

from grader import memory
from grader.batch import Grader, Order
from grader.board import Board
from grader.grading import grade
from grader.meaning import Meaning
from grader.memory import Memory, placed, unplaced
from grader.model import Cell, Report, Score, Status, Wanted
from grader.notebook.extraction import extract
from grader.notebook.names import parse_name_map
from grader.remembering import Remembering
from grader.report.results import entry_of, line_at, line_of
from grader.report.whole import pack, unpack_outline, unpack_score
from grader.verdict import Verdict

ROOT = Path(__file__).parents[1]
RIGHT = "import numpy as np\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)"
WRONG = RIGHT.replace("+ b", "- b")
RAISES = RIGHT.replace("return W @ A", "return W @ (A / nothing)")


LAYER = """import numpy as np
def linear_activation_forward(A_prev, W, b, activation):
    Z, cache = linear_forward(A_prev, W, b)
    return (1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(Z, 0)), (cache, Z)"""
LOOPS = "def compute_cost(AL, Y):\n    cost = 0\n    while True:\n        cost += 1"


@pytest.fixture(scope="module")
def grader() -> Iterator[Grader]:
    with Grader(Order(ROOT, "dnn_step_by_step", "tests", timeout=5.0, isolation="weak")) as one:
        yield one


@pytest.fixture
def sandbox(grader: Grader) -> Counting:
    return Counting(grader.sandbox)


def timeless(report: Report) -> bytes:
    """What results.json has of a report, as it is made of what is kept, but for times."""
    scores = tuple(map(without_times, report.exercises))
    packed = pack(dataclasses.replace(report, seconds=0.0, exercises=scores))
    outline = unpack_outline(packed.outline)
    lines = [line_of(unpack_score(packed.scores[mark.sha256])) for mark in outline.exercises]
    return entry_of(outline, map(line_at, lines, outline.exercises))


def without_times(score: Score) -> Score:
    cases = tuple(dataclasses.replace(case, seconds=0.0) for case in score.cases)
    return dataclasses.replace(
        score, cases=cases, anywhere=without_times(score.anywhere) if score.anywhere else None
    )


def as_new(grader: Grader, data: bytes, name: str) -> Report:
    """What is reported of a notebook when nothing is known."""
    return grade(grader.assignment, grader.sandbox, data, id=name, file=f"{name}.ipynb")


@pytest.mark.parametrize("source", [RIGHT, WRONG, RAISES], ids=["right", "wrong", "raises"])
def test_the_same_notebook_is_run_once_and_reported_alike(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes], source: str
) -> None:
    memory, data = Memory(), notebook(source)
    first = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=memory)
    asked = sandbox.asked
    again = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=memory)
    without = grade(grader.assignment, grader.sandbox, data, id="a", file="a.ipynb")
    assert asked > 0
    assert sandbox.asked == asked
    assert timeless(first) == timeless(again) == timeless(without)


@pytest.mark.parametrize("source", [RIGHT, RAISES], ids=["right", "raises"])
def test_what_is_recalled_names_the_places_of_its_own_notebook(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes], source: str
) -> None:
    memory, moved = Memory(), notebook("print('another cell')", source)
    grade(grader.assignment, sandbox, notebook(source), id="a", file="a.ipynb", memory=memory)
    asked = sandbox.asked
    recalled = grade(grader.assignment, sandbox, moved, id="b", file="b.ipynb", memory=memory)
    assert sandbox.asked == asked
    assert timeless(recalled) == timeless(
        grade(grader.assignment, grader.sandbox, moved, id="b", file="b.ipynb")
    )


def test_a_failure_in_a_line_that_has_two_statements_has_no_place_elsewhere() -> None:
    cells = [Cell(1, "one = 0; k = lambda x: x / one"), Cell(2, "def f(x):\n    return k(x)")]
    submission = extract(cells, Wanted(("f",), {}, {}))
    score = Score("f", 0, 1, Verdict.DID_NOT_RUN, Status.RAISED, "as_written", None, "", "", 2, 2, ())
    there = unplaced(score, submission)
    assert there is not None
    assert placed(there, submission, "").line == 2
    assert unplaced(dataclasses.replace(score, cell=1, line=1), submission) is None


def test_functions_of_other_names_are_run_each_time(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, data = Memory(), notebook(RIGHT.replace("linear_forward(A, W, b)", "forward(W, A, b)"))
    functions = [exercise.name for exercise in grader.assignment.exercises]
    names = parse_name_map("forward(W, A, b) -> Z, cache = linear_forward(A, W, b) -> Z, cache", functions)
    for _ in range(2):
        asked = sandbox.asked
        report = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", names=names, memory=memory)
        assert sandbox.asked > asked
        assert report.points == 10


def test_a_known_function_is_not_run_again_for_one_that_calls_it(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, both = Memory(), notebook(RIGHT, LAYER)
    grade(grader.assignment, grader.sandbox, notebook(RIGHT), id="a", file="a.ipynb", memory=memory)
    report = grade(grader.assignment, sandbox, both, id="b", file="b.ipynb", memory=memory)
    assert sandbox.calls.keys() == {"linear_activation_forward"}
    assert timeless(report) == timeless(as_new(grader, both, "b"))


def test_a_function_that_needs_one_known_to_be_wrong_is_run_by_itself_alone(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, both = Memory(), notebook(WRONG, LAYER)
    grade(grader.assignment, grader.sandbox, notebook(WRONG), id="a", file="a.ipynb", memory=memory)
    report = grade(grader.assignment, sandbox, both, id="b", file="b.ipynb", memory=memory)
    cases = {exercise.name: len(exercise.cases) for exercise in grader.assignment.exercises}
    assert sandbox.calls == {"linear_activation_forward": cases["linear_activation_forward"]}
    assert timeless(report) == timeless(as_new(grader, both, "b"))


def test_a_function_is_not_run_again_beside_another_version_of_one_that_it_calls(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, runs = Memory(), Remembering(sandbox)
    other_linear = RIGHT.replace("return W @ A", "Z = W @ A\n    return Z")
    other_layer = LAYER.replace("Z, cache =", "(Z, cache) = pair =")
    for both in (notebook(RIGHT, LAYER), notebook(other_linear, other_layer)):
        grade(grader.assignment, runs, both, id="a", file="a.ipynb", memory=memory)
    asked = sandbox.calls["linear_activation_forward"]
    both = notebook(other_linear, LAYER)
    report = grade(grader.assignment, runs, both, id="c", file="c.ipynb", memory=memory)
    assert asked == sandbox.calls["linear_activation_forward"] > 0
    assert timeless(report) == timeless(as_new(grader, both, "c"))


def test_a_lost_function_beside_known_ones_is_run_once(notebook: Callable[..., bytes]) -> None:
    memory, data = Memory(), notebook(RIGHT, LOOPS)
    with Grader(Order(ROOT, "dnn_step_by_step", "tests", timeout=0.5, isolation="weak")) as hasty:
        sandbox = Counting(hasty.sandbox)
        grade(hasty.assignment, hasty.sandbox, notebook(RIGHT), id="a", file="a.ipynb", memory=memory)
        report = grade(hasty.assignment, sandbox, data, id="b", file="b.ipynb", memory=memory)
    cases = {exercise.name: len(exercise.cases) for exercise in hasty.assignment.exercises}
    assert sandbox.calls == {"compute_cost": cases["compute_cost"]}
    assert report.points == 10


def test_news_are_told_once_and_known_to_the_next(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, data = Memory(), notebook(WRONG)
    first = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=memory)
    news, asked = memory.news(), sandbox.asked
    later = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=Memory(news))
    assert memory.news() == {}
    assert sandbox.asked == asked
    assert timeless(later) == timeless(first)


def test_what_one_process_learns_is_known_to_the_others(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    data = notebook(WRONG)
    with closing(Board(2)) as board:
        here, there = (Memory().beside(board.seat(number)) for number in range(2))
        first = grade(grader.assignment, grader.sandbox, data, id="a", file="a.ipynb", memory=here)
        later = grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=there)
    assert sandbox.asked == 0
    assert there.news() == {}  # it is the news of the other one
    assert timeless(later) == timeless(first)


def test_a_program_that_may_depend_on_chance_is_run_each_time(
    grader: Grader, sandbox: Counting, notebook: Callable[..., bytes]
) -> None:
    memory, data = Memory(), notebook("import time\n" + RIGHT.replace("return", "time.time()\n    return"))
    grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=memory)
    asked = sandbox.asked
    grade(grader.assignment, sandbox, data, id="a", file="a.ipynb", memory=memory)
    assert sandbox.asked == 2 * asked
    assert memory.news() == {}


def test_equal_scores_are_one_object_whatever_they_are_the_scores_of() -> None:
    kept = Memory()
    one, other = Meaning(b"one", b"", None), Meaning(b"other", b"", None)
    for meaning in (one, other):
        score = Score("f", 1, 1, Verdict.PASSED, Status.RETURNED, "as_written", None, "", "", None, None, ())
        kept.remember(meaning, score)
    assert kept.recall(one) is kept.recall(other)


def test_what_was_asked_for_last_is_kept_the_longest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "MOST", 2)
    kept = Memory()
    popular, seldom, new = (Meaning(name, name, None) for name in (b"popular", b"seldom", b"new"))
    score = Score("f", 1, 1, Verdict.PASSED, Status.RETURNED, "as_written", None, "", "", None, None, ())
    for meaning in (popular, seldom):
        kept.remember(meaning, score)
    assert kept.recall(popular) == score
    kept.remember(new, score)
    assert [kept.recall(meaning) for meaning in (popular, seldom, new)] == [score, None, score]
