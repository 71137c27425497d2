"""What a submission earns, and how little a report tells of hidden cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from watched import Watched

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.comparison.verdict import Verdict
from grader.errors import AssignmentError, SandboxError
from grader.grading.pipeline import failed, grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.execution import Call, Program, Run, Status
from grader.models.report import Report, Score
from grader.notebooks.solution import sample
from grader.sandbox.fork_server import ForkServer

NUMPY = "import numpy as np"
SECRET = "0.123456789"
WRONG = "def linear_forward(A, W, b):\n    return W @ A - b, (A, W, b)"
LAYER = """def linear_activation_forward(A_prev, W, b, activation):
    {Z}
    return (1 / (1 + np.exp(-Z)) if activation == "sigmoid" else np.maximum(Z, 0)), ((A_prev, W, b), Z)"""


def score_of(report: Report, name: str) -> Score:
    return next(score for score in report.exercises if score.name == name)


# ---------------------------------------------------------------- prepare


def test_the_reference_answers_every_case(assignment: Assignment) -> None:
    assert [exercise.points for exercise in assignment.exercises] == [10] * 10
    for exercise in assignment.exercises:
        assert any(case.public for case in exercise.cases)
        assert any(not case.public for case in exercise.cases)
        assert all(case.expected is not None for case in exercise.cases)


def test_another_seed_changes_the_hidden_cases_alone(
    assignment: Assignment, definition: Definition, sandbox: ForkServer
) -> None:
    other = prepare(definition, sandbox, "another")
    assert other.seed_sha256 != assignment.seed_sha256
    for one, two in zip(assignment.exercises, other.exercises, strict=True):
        for case, again in zip(one.cases, two.cases, strict=True):
            same = repr(case.call.args) == repr(again.call.args)
            assert (case.id, case.public) == (again.id, again.public)
            assert same or not case.public
        assert any(
            repr(a.call.args) != repr(b.call.args)
            for a, b in zip(one.cases, two.cases, strict=True)
            if not a.public
        )


def test_an_assignment_without_a_seed_has_its_public_cases_alone(
    assignment: Assignment, definition: Definition, sandbox: ForkServer
) -> None:
    public = prepare(definition, sandbox, None)
    for exercise, whole in zip(public.exercises, assignment.exercises, strict=True):
        assert [case.id for case in exercise.cases] == [case.id for case in whole.cases if case.public]
        assert len(exercise.cases) < len(whole.cases)


def test_a_reference_that_fails_is_the_fault_of_the_assignment(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    solution = f"{NUMPY}\ndef double(x):\n    return np.linalg.inv(x)\n"
    with pytest.raises(
        AssignmentError, match=r"(?s)small\.py, line \d+: double raised on its test case .*Mend"
    ):
        prepare(load(small_course(solution), "small"), sandbox, "tests")


# ---------------------------------------------------------------- whole submissions


def test_the_solution_scores_all_points(graded: Callable[..., Report], solution: Any) -> None:
    report = graded(sample(solution))
    assert (report.status, report.points, report.max_points) == ("graded", 100, 100)
    assert all(case.verdict is Verdict.PASSED for score in report.exercises for case in score.cases)


def test_a_report_has_every_exercise_in_order(graded: Callable[..., Report], assignment: Assignment) -> None:
    report = graded("def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)")
    assert [s.name for s in report.exercises] == [e.name for e in assignment.exercises]
    assert report.points == sum(score.points for score in report.exercises) == 10


def test_a_score_shows_the_function_as_it_was_handed_in(graded: Callable[..., Report]) -> None:
    source = "def compute_cost(AL, Y):\n    return AL / 0 + unknown"
    score = score_of(graded(NUMPY, f"# a comment above\n\n{source}"), "compute_cost")
    assert (score.source, score.source_cell, score.first_line) == (source, 2, 3)
    assert (score.cell, score.line) == (2, 4)


def test_a_mended_slip_is_worth_a_hint_but_no_points(graded: Callable[..., Report]) -> None:
    broken = "def linear_forward(A, W, b)\n    return W @ A + b, (A, W, b)"
    score = score_of(graded(NUMPY, broken), "linear_forward")
    assert score.points == 0
    assert score.status is Status.SYNTAX_ERROR
    assert score.hint == "End the line with `:` on line 1: then it passes every test."


def test_the_whole_failure_of_a_public_case_is_told(graded: Callable[..., Report]) -> None:
    score = score_of(
        graded(f"def linear_forward(A, W, b):\n    raise KeyError('{SECRET}')"), "linear_forward"
    )
    assert SECRET in score.message
    assert SECRET in next(case.message for case in score.cases if case.public)


@pytest.mark.parametrize(
    "act",
    [
        pytest.param("raise ValueError(secret)", id="the text of an exception"),
        pytest.param("raise type('T' + secret, (Exception,), {})", id="the name of an exception"),
        pytest.param(
            "raise NameError(f\"name 'nowhere' is not defined {secret}\") if secret else nowhere",
            id="what follows the name in a name error",
        ),
        pytest.param("print(secret); return nothing, (A, W, b)", id="prints"),
        pytest.param("return secret, secret", id="a text as the answer"),
        pytest.param("return {secret: A}", id="a key of the answer"),
        pytest.param("return type('T' + secret, (), {})()", id="the type of the answer"),
        pytest.param("exec(compile('1/0', '<cell ' + secret + '>', 'exec'))", id="the cell of an exception"),
        pytest.param(
            "exec(compile('\\n' * int(secret[:4]) + '1/0', '<cell 2>', 'exec'))",
            id="the line of an exception",
        ),
    ],
)
def test_no_text_of_a_hidden_call_comes_back(graded: Callable[..., Report], act: str) -> None:
    source = f"""
def linear_forward(A, W, b):
    secret = '{SECRET[2:]}'
    {act}
"""
    score = score_of(graded(NUMPY, source), "linear_forward")
    hidden = [case for case in score.cases if not case.public]
    assert hidden
    assert all(case.verdict is not Verdict.PASSED for case in hidden)
    for case in hidden:
        assert SECRET[2:] not in case.message
        assert (case.path, case.actual, case.expected) == ("", None, None)
    assert SECRET[2:] not in score.hint
    assert score.cell == 2
    assert score.line is not None
    assert score.line <= 4


def test_a_function_that_fails_in_hidden_cases_only_is_told_a_reason(graded: Callable[..., Report]) -> None:
    score = score_of(
        graded(NUMPY, "def initialize_parameters(n_x, n_h, n_y):\n    return made_of(n_x, n_h, n_y)", """
def made_of(n_x, n_h, n_y):
    if n_y > 1:
        raise ValueError(f"{n_x} {n_h} {n_y}")
    np.random.seed(1)
    first, last = np.random.randn(n_h, n_x) * 0.01, np.random.randn(n_y, n_h) * 0.01
    return {"W1": first, "b1": np.zeros((n_h, 1)), "W2": last, "b2": np.zeros((n_y, 1))}
"""),
        "initialize_parameters",
    )  # fmt: skip
    assert score.points == 0
    assert {case.message for case in score.cases if not case.public} <= {
        "It raised an exception. (hidden case)", "",
    }  # fmt: skip


def test_a_changed_input_is_a_note(graded: Callable[..., Report]) -> None:
    report = graded(
        NUMPY,
        "def linear_forward(A, W, b):\n    Z, C = W @ A + b, A.copy()\n    A *= 0\n    return Z, (C, W, b)",
    )
    assert score_of(report, "linear_forward").points == 10
    assert report.notes == ("linear_forward: changes the caller's A",)


# ---------------------------------------------------------------- by itself


def test_the_reference_of_a_function_is_never_beside_it(
    assignment: Assignment, sandbox: ForkServer, solution: Any
) -> None:
    backward = "def linear_backward(dZ, cache):\n    return cache"
    watched = Watched(sandbox)
    data = sample(solution, extra=[WRONG, backward])
    report = grade(assignment, watched, data, id="a", file="a.ipynb")
    assert report.points == 80
    assert lent_before(watched)


def lent_before(watched: Watched) -> list[str]:
    """Check that no process had the reference of a function when that was called; return what any had."""
    lent: list[str] = []
    for process in watched.processes:
        sources: list[str] = []
        for program, calls in process:
            if program.stand_ins:
                sources += [statement.source for statement in program.stand_ins.statements]
            assert not any(f"def {call.function}(" in source for call in calls for source in sources)
        lent += sources
    return lent


def test_nor_was_it_in_the_process_before(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    bodies = {"low": "x + 1", "top": "mid(x) + low(x)", "mid": "2 * low(x)"}
    functions = {name: f"def {name}(x):\n    return {body}" for name, body in bodies.items()}
    declared = [
        f"@exercise(points=5, public=1)\ndef {name}(rng):\n    yield from ({{'x': x}} for x in (1, 2))"
        for name in bodies
    ]
    solution = "\n\n".join(f"# %%\n# GRADED FUNCTION: {name}\n{text}" for name, text in functions.items())
    course = small_course(solution, "\n\n".join(["from grader.testcase import exercise", *declared]))
    assignment = prepare(load(course, "small"), sandbox, "s")
    in_turn = "def mid(x):\n    return 2 * low(x) if x else top(x)"
    watched = Watched(sandbox)
    cells = notebook("def low(x):\n    return x", functions["top"], in_turn)
    grade(assignment, watched, cells, id="a", file="a.ipynb")
    assert "low, then top" in watched.asked
    assert lent_before(watched)


def test_a_function_that_needs_a_wrong_one_is_credited_by_itself(graded: Callable[..., Report]) -> None:
    layer = LAYER.format(Z="linear_forward(A_prev, W, b); Z = W @ A_prev + b")  # right beside it, too
    score = score_of(graded(NUMPY, WRONG, layer), "linear_activation_forward")
    assert (score.points, score.credited, score.cause) == (10, "isolated", "linear_forward")
    assert score.message == "Right by itself; linear_forward, which it needs, is not."


def test_a_function_that_is_right_only_beside_a_wrong_one_earns_its_points(
    graded: Callable[..., Report],
) -> None:
    layer = LAYER.format(Z="Z, _ = linear_forward(A_prev, W, -b)")
    score = score_of(graded(NUMPY, WRONG, layer), "linear_activation_forward")
    assert (score.points, score.credited, score.cause) == (10, "as_written", None)


def test_what_is_at_fault_may_be_needed_by_way_of_others(graded: Callable[..., Report]) -> None:
    layer = LAYER.format(Z="Z, _ = linear_forward(A_prev, W, b)")
    forward = (
        "def L_model_forward(X, parameters):\n    A, caches, L = X, [], len(parameters) // 2\n"
        "    for l in range(1, L + 1):\n        A, cache = linear_activation_forward(A, parameters[f'W{l}'], "
        "parameters[f'b{l}'], 'sigmoid' if l == L else 'relu')\n        caches.append(cache)\n"
        "    return A, caches"
    )
    score = score_of(graded(NUMPY, WRONG, layer, forward), "L_model_forward")
    assert (score.points, score.cause) == (score.max_points, "linear_forward")


def test_functions_that_call_each_other_in_a_circle_are_graded(graded: Callable[..., Report]) -> None:
    report = graded(
        NUMPY,
        "def linear_forward(A, W, b):\n    return linear_activation_forward(A, W, b, 'relu')",
        "def linear_activation_forward(A_prev, W, b, activation):\n    return linear_forward(A_prev, W, b)",
    )
    assert report.points == 0
    assert score_of(report, "linear_forward").status is Status.RAISED


def test_a_class_without_its_methods_earns_nothing_and_is_no_other_exercise(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    solution = "# GRADED CLASS: Adder\nclass Adder:\n    def add(self, x):\n        return x + 1\n"
    cases = (
        "from grader.testcase import exercise\n\n\n@exercise(name='Adder.add')\n"
        "def add(rng):\n    yield from ({'x': x} for x in (1, 2, 3))\n\n\n"
        "@add.drive\ndef _(student, x):\n    return student.Adder().add(x)\n"
    )
    assignment = prepare(load(small_course(solution, cases), "small"), sandbox, "s")
    cell = notebook("class Adder:\n    total = 0\n")
    report = grade(assignment, sandbox, cell, id="a", file="a.ipynb")
    assert (report.status, report.points) == ("graded", 0)
    assert "The class of the 1st code cell defines no add." in report.exercises[0].message


# ---------------------------------------------------------------- our own faults


class Broken:
    """A sandbox that breaks down."""

    def run(self, program: Program, calls: Sequence[Call], *_others: Any) -> Sequence[Run]:
        raise SandboxError("the machine is on fire")


def test_a_broken_sandbox_gives_no_score(assignment: Assignment, solution: Any) -> None:
    with pytest.raises(SandboxError):
        grade(assignment, Broken(), sample(solution), id="a", file="a.ipynb")


def test_a_failed_report_has_no_points_and_says_whose_fault_it_is(assignment: Assignment) -> None:
    report = failed(assignment, "a", "a.ipynb", b"data", SandboxError("the machine is on fire"))
    assert (report.status, report.points, report.exercises) == ("failed", None, ())
    assert report.notes == (
        "a.ipynb: not graded, by no fault of its author: SandboxError: the machine is on fire",
    )
