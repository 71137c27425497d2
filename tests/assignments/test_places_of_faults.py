"""A fault in a file of test cases is told with its line, and with what may be meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

SOLUTION = """class Robot:
    def move(self, x):
        return x

def double(x):
    return 2 * x

total = 3
"""
HEAD = "from grader.testcase import exercise, part, variable\n\n"
CASES = "    yield {'x': 1.0}\n    yield {'x': 2.0}\n\n"
DOUBLE = f"{HEAD}@exercise()\ndef double(rng):\n{CASES}"


def driven(body: str, parameters: str = "student, x") -> str:
    return f"{DOUBLE}@double.drive\ndef _({parameters}):\n    {body}\n"


@pytest.mark.parametrize(
    ("testcases", "problem", "advice"),
    [
        *(
            pytest.param(
                driven(body),
                f"testcases/small.py, line 8: the driver of double returns a value of type {kind}",
                "Let it return a list of what that yields: return list(...).",
                id=f"a driver that returns {body}",
            )
            for body, kind in (
                ("return (i for i in range(3))", "generator"),
                ("yield x", "generator"),
                ("return map(student.double, [x])", "map"),
            )
        ),
        pytest.param(
            driven("student.double(x)"),
            "testcases/small.py, line 8: the driver of double returns None in every one of its 4 test cases",
            "Let the driver of double return what shows",
            id="a driver that returns nothing",
        ),
        pytest.param(
            driven("return student.duoble(x)"),
            "testcases/small.py, line 10: the driver of double raised on its test case public-1: NameError",
            "Did you mean double? Mend",
            id="a driver that misspells a graded item",
        ),
        pytest.param(
            driven("return 1", "student, z"),
            "testcases/small.py, line 3: case public-1 of double has ['x']",
            "The driver in line 8 asks for z: rename that there, or yield a dictionary with the keys z.",
            id="a driver that misspells a parameter",
        ),
        pytest.param(
            DOUBLE.replace("double", "duoble"),
            "solutions/small.py: duoble is missing",
            "Did you mean double? {root}/testcases/small.py, line 3, has test cases for it",
            id="a misspelt exercise",
        ),
        pytest.param(
            DOUBLE.replace("@exercise()", "@exercise(name='Robot.mvoe')"),
            "solutions/small.py: Robot.mvoe is missing",
            "Did you mean Robot.move? {root}/testcases/small.py, line 3, has test cases for it",
            id="a misspelt method",
        ),
        pytest.param(
            f"{HEAD}@variable()\ndef totl(): ...\n",
            "solutions/small.py: totl is missing",
            "Did you mean total? {root}/testcases/small.py, line 3, has test cases for it",
            id="a misspelt variable",
        ),
        pytest.param(
            f"{HEAD}@exercise()\ndef double(rng):\n    yield {{'x': 1}}\n    yield part('a', points=1)\n",
            "testcases/small.py, line 6: part('a') of double begins after a case",
            "Yield each part once",
            id="a part after a case",
        ),
        pytest.param(
            f"{HEAD}@exercise()\ndef double(rng):\n    yield part('a', points=1)\n",
            "testcases/small.py, line 5: part('a') of double has no case",
            "Yield its cases after it.",
            id="a part without a case",
        ),
        pytest.param(
            DOUBLE.replace("1.0", "max"),
            "testcases/small.py, line 3: case public-1 of double has a value of type builtin",
            "Yield numbers",
            id="an argument that is no plain data",
        ),
        *(
            pytest.param(
                DOUBLE.replace("exercise()", f"exercise({argument})"),
                f"testcases/small.py, line 3: {argument} in @exercise",
                "Let",
                id=argument,
            )
            for argument in ("compare=print", "points=print", "raises=print", "pure=print", "time=print")
        ),
    ],
)
def test_the_line_and_what_is_meant_are_told(
    small_course: NewCourse, sandbox: ForkServer, testcases: str, problem: str, advice: str
) -> None:
    course = small_course(SOLUTION, testcases)
    with pytest.raises(AssignmentError) as error:
        prepare(load(course, "small"), sandbox, "s")
    first, second = str(error.value).split("\n")
    assert first.startswith(f"{course.root}/{problem}")
    assert second.startswith(f"  {advice.format(root=course.root)}")


@pytest.mark.parametrize("body", ["return nope", "return case['y']", "return case.x"])
def test_a_judge_that_reads_what_is_not_there_is_told_what_is(
    small_course: NewCourse, sandbox: ForkServer, notebook: Callable[..., bytes], body: str
) -> None:
    judge = f"@double.judge\ndef _(case, expected, answer):\n    {body}\n"
    assignment = prepare(load(small_course(SOLUTION, DOUBLE + judge), "small"), sandbox, "s")
    with pytest.raises(AssignmentError) as error:
        grade(assignment, sandbox, notebook("def double(x):\n    return 3.0 * x\n"), id="a", file="a.ipynb")
    first, second = str(error.value).split("\n")
    assert "testcases/small.py, line 10: the judge of double raised" in first
    assert second == "  Mend it: `case` has the keys x, and it may use what its file imports and defines."
