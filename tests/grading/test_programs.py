"""A program has what a submission wrote; the reference of what is graded is never in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.programs import isolated_program, merged, program_of
from grader.grading.reference import prepare
from grader.models.assignment import Assignment, Wanted
from grader.models.execution import Call, Program, StandIns, Statement, Status
from grader.models.submission import Part, Submission
from grader.notebooks.name_map import NO_NAMES, parse_name_map
from grader.sandbox.fork_server import ForkServer

ONE, TWO, THREE = Statement(1, 1, "a = 1"), Statement(2, 1, "b = 2"), Statement(2, 5, "c = 3")
ADAPTER = Statement(0, 1, "ours = theirs")


def defines(program: Program, name: str) -> bool:
    lent = program.stand_ins.statements if program.stand_ins else ()
    return any(f"def {name}(" in statement.source for statement in (*program.statements, *lent))


def needs(assignment: Assignment, name: str) -> set[str]:
    """The graded functions that the reference of one calls, and what those call."""
    uses = {exercise.name: set(exercise.uses) for exercise in assignment.exercises}
    found = {name}
    while more := set().union(*(uses[one] for one in found)) - found:
        found |= more
    return found


# ---------------------------------------------------------------- as it was written


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([(THREE, ONE), (TWO,)], id="the order of the notebook"),
        pytest.param([(ONE, TWO), (TWO, THREE), (ONE,)], id="each once"),
    ],
)
def test_statements_come_once_in_the_order_of_the_notebook(parts: list[tuple[Statement, ...]]) -> None:
    assert merged(Part(statements) for statements in parts) == (ONE, TWO, THREE)


def test_adapters_come_last() -> None:
    assert merged([Part((ADAPTER, THREE)), Part((ONE,))]) == (ONE, THREE, ADAPTER)


def test_a_program_has_every_part_and_the_provided_modules() -> None:
    submission = Submission({}, {"f": Part((TWO,)), "g": Part((ONE,))}, {}, ())
    wanted = Wanted(("f", "g"), {}, {"helper": "x = 1"})
    modules = {"public_tests": "import numpy as np\n", "helper": "x = 1"}
    assert program_of(submission, wanted) == Program((ONE, TWO), modules)


# ---------------------------------------------------------------- by itself


@settings(max_examples=60)
@given(st.data())
def test_whatever_functions_call_only_what_the_reference_of_one_calls_is_lent_to_it(
    assignment: Assignment, data: st.DataObject
) -> None:
    names = assignment.wanted.functions
    calls = st.sets(st.sampled_from(names))
    parts = {
        name: Part((Statement(i, 1, f"def {name}(): ..."),), frozenset(data.draw(calls)))
        for i, name in enumerate(names, 1)
    }
    name = data.draw(st.sampled_from(names))
    program = isolated_program(assignment, name, parts, NO_NAMES)
    assert program.stand_ins is not None
    lent = set(program.stand_ins.names)
    loans = {used for used in needs(assignment, name) if name not in needs(assignment, used)}
    own = {other for other in names if parts[other].statements[0] in program.statements}
    assert name in own
    assert lent == {used for one in own for used in parts[one].uses} & loans
    assert own == {name} | {used for one in own for used in parts[one].uses} - loans
    needed = set().union(*(needs(assignment, used) for used in lent))
    lender = Program(program.stand_ins.statements)
    assert {other for other in names if defines(lender, other)} == needed <= loans


def test_a_function_by_itself_keeps_its_authors_helpers_and_the_modules(assignment: Assignment) -> None:
    program = isolated_program(assignment, "linear_forward", {"linear_forward": Part((ONE, TWO))}, NO_NAMES)
    assert program == assignment.wanted.program((ONE, TWO), StandIns((), {}))


def test_a_function_is_lent_by_the_name_that_its_author_calls_it(assignment: Assignment) -> None:
    names = parse_name_map(
        "forward(b, W, A) -> cache, Z = linear_forward(A, W, b) -> Z, cache", assignment.wanted.functions
    )
    parts = {"linear_activation_forward": Part((), frozenset({"linear_forward"}))}
    stand_ins = isolated_program(assignment, "linear_activation_forward", parts, names).stand_ins
    assert stand_ins is not None
    assert stand_ins.names == {"linear_forward": "forward"}
    assert stand_ins.statements[-1].source.startswith("def forward(b, W, A):")


IN_A_CIRCLE = '''import numpy as np


# GRADED FUNCTION: even
def even(n):
    """Whether n is even."""
    # YOUR CODE STARTS HERE
    answer = True if n == 0 else odd(n - 1)
    # YOUR CODE ENDS HERE
    return answer


# GRADED FUNCTION: odd
def odd(n):
    """Whether n is odd."""
    # YOUR CODE STARTS HERE
    answer = False if n == 0 else even(n - 1)
    # YOUR CODE ENDS HERE
    return answer
'''
COUNTS = "from grader.testcase import exercise\n\n" + "".join(
    f"\n@exercise()\ndef {name}(rng):\n    for n in (2, 3, 4):\n        yield {{'n': n}}\n"
    for name in ("even", "odd")
)


def test_references_that_call_each_other_are_not_lent_to_either(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment = prepare(load(small_course(IN_A_CIRCLE, COUNTS), "small"), sandbox, "s")
    wrong = (
        "def even(n):\n    return n == 0 or odd(n - 1)\n\ndef odd(n):\n    return n > 0 and not even(n - 1)"
    )
    report = grade(assignment, sandbox, notebook(wrong), id="a", file="a.ipynb")
    assert [score.points for score in report.exercises] == [0, 0]
    program = isolated_program(assignment, "even", {"even": Part((), frozenset({"odd"}))}, NO_NAMES)
    assert not defines(program, "even")
    assert not defines(program, "odd")


def test_functions_that_only_call_each_other_earn_nothing_and_say_what_to_mend(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    both = (
        "def initialize_parameters(n_x, n_h, n_y):\n"
        "    return initialize_parameters_deep([n_x, n_h, n_y])\n\n"
        "def initialize_parameters_deep(dims):\n    return initialize_parameters(*dims)"
    )
    report = grade(assignment, sandbox, notebook(both), id="a", file="a.ipynb")
    assert report.points == 0
    assert {score.credited for score in report.exercises} == {"as_written"}


def test_a_function_keeps_its_points_beside_its_own_version_of_one_that_its_reference_does_not_call(
    assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    own = "import numpy as np\n\ndef linear_forward(A, W, b):\n    return {}, (A, W, b)\n\n"
    cost = "def compute_cost(AL, Y):\n    fine = linear_forward(AL, np.eye(1), 0)[1][0]\n    return "
    right = "np.squeeze(-np.mean(Y * np.log(fine) + (1 - Y) * np.log(1 - fine)))"
    for product, points in (("W @ A + b", 20), ("W + A", 10)):
        report = grade(
            assignment, sandbox, notebook(own.format(product) + cost + right), id="a", file="a.ipynb"
        )
        assert report.points == points


def test_a_reference_that_is_lent_works_without_the_program_it_is_lent_to(
    assignment: Assignment, sandbox: ForkServer
) -> None:
    parts = {"L_model_forward": Part((), frozenset({"linear_forward"}))}
    lent = isolated_program(assignment, "L_model_forward", parts, NO_NAMES)
    case = next(e for e in assignment.exercises if e.name == "linear_forward").cases[0]
    caller = Statement(1, 1, "def L_model_forward(*args):\n    return linear_forward(*args)")
    program = Program((caller,), lent.modules, lent.stand_ins)
    (run,) = sandbox.run(program, [Call("L_model_forward", case.call.args)])
    assert run.status is Status.RETURNED
    assert repr(run.value) == repr(case.expected)
