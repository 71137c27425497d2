"""A cell of a solution that calls a test by a wrong name is found, as students would get a NameError."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.public_test_names import misnamed_tests
from grader.authoring.release import release
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

TESTCASES = """from grader.testcase import exercise


@exercise(name="Robot.__init__")
def made(rng):
    yield {"x": 1}
    yield {"x": 2}


@made.drive
def _(student, x):
    return student.Robot(x).x
"""
SOLUTION = """# %%
{imports}

# %%
# GRADED CLASS: Robot
class Robot:
    def __init__(self, x):
        # YOUR CODE STARTS HERE
        self.x = x
        # YOUR CODE ENDS HERE

# %%
{cell}
"""
STAR = "from public_tests import *"
ALL = "The public tests are Robot___init___test."
MEANT = f"Did you mean Robot___init___test? {ALL}"


@pytest.mark.parametrize(
    ("imports", "cell", "said"),
    [
        (STAR, "Robot_init_test(Robot)", f"line 13: nothing defines Robot_init_test\n  {MEANT}"),
        (
            STAR,
            "for t in [Robot_init_test]: t(Robot)",
            f"line 13: nothing defines Robot_init_test\n  {MEANT}",
        ),
        (STAR, "%time\nqwertz(Robot)", f"line 14: nothing defines qwertz\n  {ALL}"),
        (
            "from public_tests import Robot_init_test",
            "Robot_init_test(Robot)",
            f"line 2: public_tests has no Robot_init_test\n  {MEANT}",
        ),
        (
            "import public_tests as t",
            "t.Robot_init_test(Robot)",
            f"line 13: public_tests has no Robot_init_test\n  {MEANT}",
        ),
        (
            "",
            "Robot___init___test(Robot)",
            "line 13: no cell imports Robot___init___test\n  Write above it: from public_tests import *",
        ),
    ],
)
def test_a_name_that_no_test_has_is_told_with_its_line_and_the_names(
    small_course: NewCourse, imports: str, cell: str, said: str
) -> None:
    course = small_course(SOLUTION.format(imports=imports, cell=cell), TESTCASES)
    assert [*misnamed_tests(load(course, "small"))] == [f"{course.solution('small')}, {said}"]


@pytest.mark.parametrize(
    ("imports", "cell"),
    [
        (STAR, "Robot___init___test(Robot); Robot___init___test_1(Robot)"),
        ("import public_tests", "public_tests.Robot___init___test(Robot)"),
        (STAR, "def own_test(x): print(x)\nown_test(Robot); display(Robot)"),
        ("from os.path import *", "basename('a')"),
        (f"{STAR}\nfrom helpers import *", "helped_test(Robot)"),
        (STAR, "exec('def made(): ...'); made()"),
        (STAR, "what is this?"),
        (STAR, "try: pass\nexcept ValueError as e_test: e_test()"),
    ],
)
def test_what_is_defined_is_no_fault(small_course: NewCourse, imports: str, cell: str) -> None:
    course = small_course(
        SOLUTION.format(imports=imports, cell=cell),
        TESTCASES,
        **{"solutions/small/helpers.py": "def helped_test(x): ...\n"},
    )
    assert [*misnamed_tests(load(course, "small"))] == []


def test_what_a_provided_module_has_not_is_a_fault(small_course: NewCourse) -> None:
    cells = SOLUTION.format(imports=f"{STAR}\nfrom helpers import *", cell="helped_tset(Robot)")
    course = small_course(cells, TESTCASES, **{"solutions/small/helpers.py": "def helped_test(x): ...\n"})
    assert "nothing defines helped_tset" in "".join(misnamed_tests(load(course, "small")))


def test_neither_release_nor_validate_passes_over_it(small_course: NewCourse, sandbox: ForkServer) -> None:
    course = small_course(SOLUTION.format(imports=STAR, cell="Robot_init_test(Robot)"), TESTCASES)
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "s")
    with pytest.raises(AssignmentError, match="line 13: nothing defines Robot_init_test"):
        release(definition, assignment, sandbox)
    faults = [fault for finding in findings(definition, assignment, sandbox) for fault in finding.faults]
    assert any("line 13: nothing defines Robot_init_test" in fault for fault in faults)
