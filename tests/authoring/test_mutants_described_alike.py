"""Two edits that are described alike are told apart by their places, so each is signed off by itself."""

from __future__ import annotations

from collections.abc import Callable

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.mutation_audit import Audit, audit
from grader.authoring.sign_offs import needless, pasted, unsigned
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

SOLUTION = """# GRADED FUNCTION: ends
def ends(x):
    # YOUR CODE STARTS HERE
    y = x[0] * 1 + x[0] * 1
    # YOUR CODE ENDS HERE
    return y
"""
BLIND = """from grader.testcase import exercise


@exercise()
def ends(rng):
    yield {"x": [0, 0, 0]}
    yield {"x": [0, 0, 0]}
"""
ALIKE = "`2` instead of `1`: off by one"
TWO = [f"{ALIKE} (line 3 of it, column {column})" for column in (16, 27)]


def test_the_edits_of_equal_numbers_in_a_line_are_signed_off_one_by_one(
    small_course: NewCourse, sandbox: ForkServer
) -> None:
    def audited(testcases: str) -> tuple[Course, Audit]:
        course = small_course(SOLUTION, testcases)
        definition = load(course, "small")
        return course, audit(definition, prepare(definition, sandbox, "s"), sandbox)

    course, found = audited(BLIND)
    remarks = [survivor.remark for survivor in found.survivors]
    told = [remark.says for remark in remarks if remark.says.startswith(ALIKE)]
    assert told == TWO
    one, both = (f"{BLIND}\nSIGNED_OFF = {{'ends': {{'{says}': 'so'}}}}\n" for says in (TWO[0], ALIKE))
    for testcases, left in ((one, TWO[1:]), (both, [])):
        course, _ = audited(testcases)
        definition = load(course, "small")
        assert [r.says for r in unsigned(definition, remarks) if r.says in TWO] == left
        assert needless(definition, remarks) == ()
    assert all(says in pasted(definition, remarks) for says in TWO)
