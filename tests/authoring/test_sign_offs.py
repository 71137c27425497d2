"""What is right as it is can be signed off, with a text that can be pasted as it stands."""

from __future__ import annotations

from collections.abc import Callable

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import release
from grader.authoring.sign_offs import Remark, pasted
from grader.authoring.validate import Finding, findings
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

SOLUTION = """import numpy as np


# GRADED FUNCTION: f
def f(x, d):
    # YOUR CODE STARTS HERE
    y = x.sum() + d["it's \\"W1\\""] * 2
    # YOUR CODE ENDS HERE
    return y
"""
TESTCASES = '''import numpy as np

from grader.testcase import exercise


@exercise()
def f(rng):
    """Square, and zero."""
    for _ in range(3):
        yield {"x": rng.random((2, 2)), "d": {"it's \\"W1\\"": 0.0, "it's \\"w1\\"": 0.0}}
'''


def found(course: Course, sandbox: ForkServer) -> list[Finding]:
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "validate")
    release(definition, assignment, sandbox)
    return list(findings(definition, assignment, sandbox))


def text(course: Course, told: list[Finding]) -> str:
    return pasted(load(course, "small"), [remark for finding in told for remark in finding.remarks])


def test_what_is_pasted_signs_off_lints_mutants_and_files(
    small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    course = small_course(SOLUTION, TESTCASES)
    kept = course.root / "assignments" / "small" / "data.csv"
    kept.parent.mkdir(parents=True)
    kept.write_text("1,2")
    open_ = found(course, sandbox)
    (before,) = {len(finding.remarks) for finding in open_ if "other file" in finding.claim}
    assert before == 1
    assert all(any(part in f.claim for f in open_ if f.remarks) for part in ("no kind of mistake", "mutants"))
    with course.testcases("small").open("a") as file:
        file.write(text(course, open_))
    signed = found(course, sandbox)
    assert [finding for finding in signed if finding.faults] == []
    assert text(course, signed) == ""
    kept.unlink()
    (needless,) = (finding for finding in found(course, sandbox) if finding.faults)
    assert needless.faults == (
        'SIGNED_OFF["assignments/small"]["data.csv"] is of nothing that is found: remove it.',
    )


def test_reasons_that_are_there_are_kept_whatever_their_quotes(small_course: Callable[..., Course]) -> None:
    reason = {'`a["b"]`': "Neither \"this\" nor 'that',\nnor \\ é 🎉."}
    course = small_course(SOLUTION, f"{TESTCASES}\nSIGNED_OFF = {{'f': {reason!r}}}\n")
    remarks = [Remark("f", 'it\'s "new"', ""), Remark("g", "new", ": more")]
    namespace: dict[str, object] = {}
    exec(pasted(load(course, "small"), remarks), namespace)
    assert namespace["SIGNED_OFF"] == {"f": {**reason, 'it\'s "new"': "..."}, "g": {"new": "..."}}
