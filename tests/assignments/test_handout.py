"""What `grader check` reads is all that a student needs, and nothing that a student may not have."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.handout import FORMAT, NAME, Handout, content_of, read_handout, same, write_handout
from grader.assignments.loader import load
from grader.authoring.further_calls import further_answers
from grader.authoring.sample_class import sample_class
from grader.comparison.verdict import Verdict
from grader.comparison.words import mend_first
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models import serialization
from grader.models.assignment import Assignment
from grader.models.execution import Call, Status
from grader.models.report import Report, Score
from grader.models.values import leaves
from grader.public_tests.further_cases import HANDOUT
from grader.sandbox.fork_server import ForkServer

TWO_WAYS = '''"""Numbers to double."""

from grader.testcase import Edition, exercise


@exercise(points=2.5, rtol=1e-3, pure=True, public=1, editions=[Edition("# of 2017", lambda y: -y)])
def double(rng):
    """A few."""
    for size in (3, 4):
        yield {"x": rng.standard_normal(size)}
'''


@pytest.fixture(scope="module")
def data(assignment: Assignment, sandbox: ForkServer) -> bytes:
    return write_handout(assignment, lambda edition: further_answers(edition, sandbox))


@pytest.fixture(scope="module")
def handed(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    path = tmp_path_factory.mktemp("handed") / NAME
    path.write_bytes(data)
    return read_handout(path).assignment()


@pytest.fixture
def small(small_course: Callable[..., Course], sandbox: ForkServer, tmp_path: Path) -> Handout:
    """The handout of a small assignment with an earlier edition."""
    made = prepare(load(small_course(testcases=TWO_WAYS), "small"), sandbox, "s")
    (tmp_path / NAME).write_bytes(write_handout(made, lambda edition: further_answers(edition, sandbox)))
    return read_handout(tmp_path / NAME)


def numbers(assignment: Assignment, *, public: bool) -> list[bytes]:
    """The arrays in the inputs of an assignment that are long enough to be nothing else, as bytes."""
    cases = [case for exercise in assignment.exercises for case in exercise.cases if case.public is public]
    found = [leaf for case in cases for leaf in leaves(case.call.args).values()]
    arrays = [
        leaf for leaf in found if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f" and leaf.size > 3
    ]
    return [array.tobytes() for array in arrays if len(set(array.ravel())) > 3]


def test_public_cases_are_in_it_and_hidden_ones_are_not(data: bytes, assignment: Assignment) -> None:
    data = serialization.encode(content_of(data))  # not compressed
    public, hidden = numbers(assignment, public=True), numbers(assignment, public=False)
    assert public
    assert hidden
    assert all(array in data for array in public)
    assert not any(array in data for array in hidden)


def test_no_answer_is_in_it(data: bytes, definition: Definition) -> None:
    plain = serialization.encode(content_of(data))
    assert b"GRADED FUNCTION" not in plain
    for name in definition.wanted.functions:
        assert f"def {name}(".encode() not in plain
    assert not any(exercise["uses"] for exercise in content_of(data)["exercises"])


def test_a_marked_answer_in_a_provided_module_is_left_out(assignment: Assignment) -> None:
    module = (
        "def half(x):\n    # YOUR CODE STARTS HERE\n    y = x / 2\n    # YOUR CODE ENDS HERE\n    return y\n"
    )
    wanted = dataclasses.replace(assignment.wanted, modules={"halves": module})
    data = write_handout(dataclasses.replace(assignment, wanted=wanted, exercises=()), lambda _: {})
    (text,) = content_of(data)["wanted"]["modules"].values()
    assert "def half(x)" in text
    assert "x / 2" not in text


def test_what_is_read_is_what_was_written(handed: Assignment, assignment: Assignment) -> None:
    assert handed.name == assignment.name
    assert handed.wanted == assignment.wanted
    for read, written in zip(handed.exercises, assignment.exercises, strict=True):
        for field in dataclasses.fields(written):
            if field.name not in {"uses", "editions", "cases"}:
                assert getattr(read, field.name) == getattr(written, field.name), field.name
        public = [case for case in written.cases if case.public]
        assert [(c.id, c.public, c.call.seed) for c in read.cases] == [
            (c.id, True, c.call.seed) for c in public
        ]
        for c, p in zip(read.cases, public, strict=True):
            assert serialization.encode((c.call.args, c.expected)) == serialization.encode(
                (p.call.args, p.expected)
            )


def test_a_call_that_was_not_answered_has_no_answer(handed: Assignment) -> None:
    assert handed.answered is not None
    assert handed.answered(Call("linear_forward", (1, 2, 3))).status is Status.MISSING


def test_an_earlier_edition_expects_what_it_did(small: Handout, sandbox: ForkServer, notebook) -> None:
    for source, points in (
        ("def double(x):\n    # of 2017\n    return -2 * x", 2.5),
        ("def double(x):\n    return 2 * x", 2.5),
        ("import public_tests\n\ndef double(x):\n    return -2 * x", 0),
    ):
        report = grade(small.assignment(), sandbox, notebook(source), id="a", file="a.ipynb")
        assert report.points == points


def test_a_fault_is_shown_on_a_small_call_of_an_earlier_edition(
    small: Handout, sandbox: ForkServer, notebook
) -> None:
    wrong = notebook("def double(x):\n    # of 2017\n    return -3 * x")
    (score,) = grade(small.assignment(), sandbox, wrong, id="a", file="a.ipynb").exercises
    assert score.example


# ---------------------------------------------------------------- the same words as with the reference


def scores(report: Report) -> dict[str, Score]:
    return {score.name: score for score in report.exercises}


@pytest.mark.parametrize("student", ["ada", "dora", "emil", "fatima", "goran", "hana", "jun", "kofi"])
def test_a_student_is_told_the_same_as_where_the_reference_is(
    student: str, definition: Definition, handed: Assignment, sandbox: ForkServer
) -> None:
    notebook = sample_class(definition)[f"{student}.ipynb"]
    whole = prepare(definition, sandbox, None)
    theirs, ours = (scores(grade(a, sandbox, notebook, id="x", file="x.ipynb")) for a in (handed, whole))
    for name, score in ours.items():
        told = theirs[name]
        if score.credited == "isolated":  # here nobody can lend it right versions of what it needs
            assert told.points == 0
            assert told.cause == score.cause
            assert told.hint == mend_first(score.cause)
            continue
        assert (told.verdict, told.points, told.message) == (score.verdict, score.points, score.message)
        assert (told.example, told.line) == (score.example, score.line)
        known = {mistake.says for mistake in whole.mistakes() if mistake.function == name}
        assert told.hint == score.hint or score.hint in known


def test_the_hint_names_the_function_that_is_at_fault_and_not_one_in_between(
    definition: Definition, handed: Assignment, sandbox: ForkServer
) -> None:
    fatima = sample_class(definition)["fatima.ipynb"]
    told = scores(grade(handed, sandbox, fatima, id="x", file="x.ipynb"))["L_model_backward"]
    assert told.verdict is Verdict.WRONG_VALUE
    assert told.hint == mend_first("linear_backward")


# ---------------------------------------------------------------- files of others


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"", "it is damaged", id="empty"),
        pytest.param(b"\x89HDF", "it is damaged", id="something else"),
        pytest.param(serialization.encode([1, 2]), "it is damaged", id="another value"),
        pytest.param(serialization.encode({"format": FORMAT}), "it is damaged", id="nothing in it"),
        pytest.param(
            serialization.encode({"format": FORMAT + 1}), "another version of grader", id="a later format"
        ),
    ],
)
def test_a_file_that_is_none_is_an_error_that_says_what_to_do(
    content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(AssignmentError, match=rf"{NAME}: it (is|was) .*\n  Get the ") as error:
        read_handout(tmp_path / NAME)
    assert said in str(error.value)


def test_last_bits_make_no_difference_and_others_do(
    assignment: Assignment, sandbox: ForkServer, data: bytes
) -> None:
    def off_by(relative: float) -> bytes:
        exercises = [
            dataclasses.replace(
                exercise,
                cases=tuple(
                    dataclasses.replace(case, expected=case.expected * (1 + relative))
                    if isinstance(case.expected, float | np.ndarray)
                    else case
                    for case in exercise.cases
                ),
            )
            for exercise in assignment.exercises
        ]
        other = dataclasses.replace(assignment, exercises=tuple(exercises))
        return write_handout(other, lambda _: further_answers(assignment, sandbox))

    assert off_by(1e-15) != data
    assert same(off_by(1e-15), data)
    assert not same(off_by(1e-6), data)
    assert not same(b"", data)


def test_the_public_tests_read_the_file_that_is_handed_out() -> None:
    assert HANDOUT == NAME
