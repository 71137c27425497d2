"""Whatever a file of test cases declares wrongly: the file, the line, the problem, and what to write."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

NewCourse = Callable[..., Course]

HEAD = "import numpy as np\nfrom grader.testcase import *\n"
CASES = "    yield {'x': np.ones(rng.integers(2, 5))}\n"
FUNCTION = "def double(x):\n    return 2 * x\n"
CLASS = "class A:\n    def fit(self, x):\n        self.w = x\n\n    def get(self):\n        return self.w\n"
VALUES = "import numpy as np\n\nq = 3\nempty = None\nthing = object()\nfails = q / 0\n" + FUNCTION + CLASS


def of_function(arguments: str = "", body: str = CASES, more: str = "") -> str:
    return f"{HEAD}@exercise({arguments})\ndef double(rng):\n{body}\n\n{more}"


def driven(driver: str) -> str:
    return of_function(more=f"@double.drive\n{driver}\n")


def judged(judge: str) -> str:
    return of_function(more=f"@double.judge\n{judge}\n")


def by_metric(metric: str, bound: str = "0.5") -> str:
    return f"{HEAD}{metric}\n@exercise(compare=at_least(met, {bound}))\ndef double(rng):\n{CASES}"


def of_class(name: str, driver: str = "") -> str:
    return f"{HEAD}@exercise(name={name!r})\ndef fit(rng):\n{CASES}\n\n{driver}"


def variable(name: str, arguments: str = "()", parameters: str = "") -> str:
    return f"{HEAD}@variable{arguments}\ndef {name}({parameters}): ...\n"


RETURNS_1 = "def _(student, x):\n    return 1\n"
FITS = "@fit.drive\ndef _(student, x):\n    student.A().fit(x)\n"

DRIVERS = [
    pytest.param(
        driven("def _(student, x):\n    return [max]"),
        "testcases/small.py, line 8: the driver of double returns a value of type builtin_function_or_method",
        "Return numbers, texts",
        id="a driver that does not return plain data",
    ),
    *(
        pytest.param(
            driven(f"def _({parameters}):\n    return 1"),
            "testcases/small.py, line 8: drive of double in @NAME.drive",
            "Let it decorate a function of (student, ...)",
            id=f"a driver of ({parameters})",
        )
        for parameters in ("", "*, student, x", "*args", "student, /, x", "student, *args")
    ),
    pytest.param(
        of_function(more="double.drive(lambda student, x: 1)\n"),
        "testcases/small.py, line 8: the driver of double is no function of this file",
        "Write it there, with `def`",
        id="a driver that is a lambda",
    ),
    pytest.param(
        of_function(more="double.drive(lambda student, x: 1); other = lambda: 1\n"),
        "line 8: the driver of double is no function of this file",
        "with `def`",
        id="a lambda on a line of others",
    ),
    pytest.param(
        driven("def _(student, x):\n    return double"),
        "the driver of double reads double, which declares test cases",
        "functions of its own",
        id="a driver that reads what declares",
    ),
    pytest.param(
        f"from grader.testcase import part\n{driven('def _(student, x):' + chr(10) + '    return part')}",
        "the driver of double uses part of grader.testcase",
        "Students do not have it",
        id="a driver that uses the grader",
    ),
    pytest.param(
        driven("def _(student, x):\n    return nope(x)"),
        "testcases/small.py, line 10: the driver of double raised on its test case public-1: NameError: name",
        "Mend the reference, the driver, or the generator.",
        id="a driver with a name that nothing binds",
    ),
    pytest.param(
        driven(f"{RETURNS_1}\n\n@double.drive\n{RETURNS_1}"),
        "line 13: a second drive of double in @NAME.drive",
        "Let it have one.",
        id="two drivers",
    ),
    pytest.param(
        driven("def _(student, x):\n    student.double(x)"),
        "double returns None in every one of its 2 test cases",
        "Let the driver of double return what shows",
        id="a driver that returns nothing",
    ),
]

JUDGES = [
    pytest.param(
        judged("def _(case, answer):\n    return None"),
        "line 8: judge of double in @NAME.judge",
        "Let it decorate a function of (case, expected, answer)",
        id="a judge of two parameters",
    ),
    pytest.param(
        of_function("compare=exactly()", more="@double.judge\ndef _(case, expected, answer): ...\n"),
        "line 8: a second judge of double in @NAME.judge",
        "Let it have one.",
        id="a judge and a ready judge",
    ),
    *(
        pytest.param(of_function(f"compare={compare}"), f"line 3: {says}", advice, id=compare)
        for compare, says, advice in (
            ("3", "compare=3 in @exercise", "Let it be a ready judge, as unordered()"),
            ("unordered", "compare=unordered in @exercise", "Let it be a ready judge"),
            ("close(rtol='a')", "rtol='a' in @exercise", "Let it be a number."),
            ("close(atol=-1)", "atol=-1 in @exercise", "Let it be 0 or a number greater than 0."),
            ("unordered(rtol=float('nan'))", "rtol=nan in @exercise", "Let it be 0 or a number"),
            ("up_to_sign(axis='x')", "up_to_sign(axis='x') in @exercise", "Let it be a whole number."),
            ("up_to_labels(labels=True)", "up_to_labels(labels=True) in", "Let it be a whole number."),
            ("up_to_labels(rows=['a'])", "up_to_labels(rows=('a',)) in", "Let it be whole numbers."),
            ("up_to_labels(rows=3)", "importing it raised TypeError", "Mend it"),
            ("at_least(3, 0.5)", "at_least(metric=3) in", "Let it be a function of (case, answer)."),
            ("at_least(lambda a, b: 1, 0.5)", "the judge of double is no function", "with `def`"),
        )
    ),
    pytest.param(
        by_metric("def met(answer): ..."),
        "line 4: at_least(metric=met) in @exercise",
        "(case, answer)",
        id="a metric of the answer",
    ),
    pytest.param(
        by_metric("def met(case, answer): ...", "float('nan')"),
        "line 4: at_least(bound=nan)",
        "Let it be a finite number.",
        id="a bound that is no number",
    ),
]

PARTS = [
    *(
        pytest.param(
            of_function(body=f"    yield part({first}){second}\n"), f"{says}", advice, id=f"{first}{second}"
        )
        for first, second, says, advice in (
            ("'a', points=0", "", "line 5: points=0 in part()", "Let them be a number greater than 0."),
            ("'', points=1", "", "line 5: part('') in part()", "Let it have a name that says what it tests"),
            (r"'a\nb', points=1", "", r"line 5: part('a\nb') in part()", "on one line"),
            ("3, points=1", "", "line 5: part(3) in part()", "Let it have a name, a text."),
            ("'a', points=1", "", "part('a') of double has no case", "Yield its cases after it."),
            (
                "'a', points=1",
                "; yield {'x': 1}; yield part('a', points=1)",
                "part('a') of double comes twice",
                "Yield each part once",
            ),
        )
    ),
    pytest.param(
        of_function(body=f"    yield part('a%d' % rng.integers(10**9), points=1)\n{CASES}"),
        "double has other parts with another seed",
        "Yield the same parts in the same order",
        id="parts that rng draws",
    ),
    pytest.param(
        of_function("points=9", body=f"    yield part('a', points=1.5)\n{CASES}"),
        "testcases/small.py, line 3: double has points=9, and its parts have 1.5 together",
        "Leave out points=, or let both be the same.",
        id="points that the parts have not",
    ),
    pytest.param(
        of_function("points=10", body=f"    yield part('a', points=1.5)\n{CASES}"),
        "double has points=10, and its parts have 1.5 together",
        "Leave out points=",
        id="the default, given",
    ),
    pytest.param(
        of_function("marked=False", body=f"    yield part('a', points=1.5)\n{CASES}"),
        "testcases/small.py, line 3: double is not marked, and its parts have 1.5 points",
        "Leave out marked=False, or the parts.",
        id="parts of what is not marked",
    ),
    pytest.param(
        of_function("bonus=True"),
        "every exercise is a bonus, so the total is 0",
        "Let one of them be without bonus=True.",
        id="nothing but a bonus",
    ),
    *(
        pytest.param(of_function(more=f"{questions}\n"), says, advice, id=questions)
        for questions, says, advice in (
            (
                "question('', points=3)",
                "line 8: name='' in question()",
                "Let it be a name, one line of text.",
            ),
            ("question(3, points=3)", "line 8: name=3 in question()", "Let it be a text."),
            ("question('q', points=0)", "line 8: points=0 in question()", "greater than 0"),
            ("question('double', points=3)", "double is declared twice", "a name of its own"),
            ("question('q', points=3); question('q', points=3)", "q is declared twice", "of its own"),
        )
    ),
]

ARGUMENTS = [
    pytest.param(of_function(argument), f"line 3: {says} in @exercise", advice, id=argument)
    for argument, says, advice in (
        ("raises=3", "raises=3", "Let it be a list."),
        ("raises=[ValueError, 3]", "raises=3", "Let it be an exception, raises=ValueError, or its name."),
        ("raises='no such'", "raises='no such'", "Let it be an exception"),
        ("raises=KeyboardInterrupt", "raises=<class 'KeyboardInterrupt'>", "Let it be an exception"),
        (
            "raises=Exception",
            "raises=Exception",
            "Let it be narrower: every mistake of a student raises one.",
        ),
        ("raises='NotImplementedError'", "raises=NotImplementedError", "Let it be narrower"),
        ("forbid=None", "forbid=None", "Let it be a list."),
        ("forbid=[3]", "forbid=3", 'Let it be a text, forbid=["for", "np.dot"].'),
        ("forbid='for'", "forbid='for'", 'Let it be a list, forbid=["for"].'),
        ("forbid=['np dot']", "forbid='np dot'", "Let it be a keyword, or a name such as np.dot."),
        ("forbid=['']", "forbid=''", "Let it be a keyword"),
        ("allow=3", "allow=3", "Let it be a list."),
        ("editions=3", "editions=3", "Let it be a list."),
        ("published={'x': 3}", "published={'x': 3}", "Let it be a list."),
        ("name='A.b.c'", "name='A.b.c'", "Let it be the name of a function, or Class.method."),
        ("name=''", "name=''", "Let it be the name of a function, or Class.method."),
    )
]

NAMES = [
    pytest.param(
        f"{HEAD}@exercise\ndef double(rng):\n{CASES}",
        "line 3: @exercise without parentheses",
        "Write @exercise().",
        id="an exercise that is not called",
    ),
    pytest.param(of_class("B.fit"), "solutions/small.py: B.fit is missing\n", "write it", id="no class"),
    pytest.param(
        of_class("A.nope"),
        "solutions/small.py: A.nope is missing (The class of cell 1 defines no nope.)",
        "has test cases for it",
        id="no method",
    ),
    pytest.param(of_class("A.fit"), "nothing calls A.fit, which is a method", "@fit.drive", id="no driver"),
    pytest.param(of_class("A"), "nothing calls A, which is a class", "@fit.drive", id="no driver of a class"),
    pytest.param(
        of_class("A", FITS),
        "A returns None in every one of its 2 test cases",
        "Let the driver of A return what shows",
        id="a driver of a class that returns nothing",
    ),
    pytest.param(variable("q9"), "q9 is missing (No statement sets q9.)", "write it", id="nothing binds it"),
    pytest.param(variable("empty"), "empty is blank", "write it", id="a variable that is left open"),
    pytest.param(
        variable("double"),
        "testcases/small.py: @variable is of double, which is a function",
        "Grade a function by @exercise",
        id="a variable that is a function",
    ),
    pytest.param(variable("A"), "which is a class", "Grade a class by @exercise", id="one that is a class"),
    pytest.param(
        variable("np"), "np is a value of type module", "Let it be numbers", id="one that is a module"
    ),
    pytest.param(
        variable("thing"), "thing is a value of type object", "Let it be numbers", id="one that is an object"
    ),
    pytest.param(
        variable("fails"), "fails raised on its test case kind: ZeroDivision", "Mend", id="one that raises"
    ),
    pytest.param(
        variable("q", parameters="rng"),
        "line 3: parameters in @variable",
        "without any: def answer()",
        id="a variable with parameters",
    ),
    pytest.param(
        variable("q", "(points=-1)"), "line 3: points=-1 in @variable", "greater than 0", id="fewer points"
    ),
    pytest.param(variable("q", "(public=1)"), "public=1 in @variable", "True or False", id="public=1"),
    pytest.param(variable("q", ""), "@variable without parentheses", "Write @variable().", id="not called"),
]


@pytest.mark.parametrize(("testcases", "problem", "advice"), [*DRIVERS, *JUDGES, *PARTS, *ARGUMENTS, *NAMES])
def test_what_is_declared_wrongly_is_told_with_what_to_write(
    small_course: NewCourse, sandbox: ForkServer, testcases: str, problem: str, advice: str
) -> None:
    course = small_course(VALUES if "variable" in testcases else FUNCTION + CLASS, testcases)
    with pytest.raises(AssignmentError) as error:
        prepare(load(course, "small"), sandbox, "s")
    first, *others = str(error.value).split("\n")
    assert problem.rstrip("\n") in first
    assert first.startswith(str(course.root))
    assert len(others) == 1
    assert others[0].startswith("  ")
    assert advice in others[0]


def test_parts_may_be_yielded_by_the_name_of_the_package(small_course: NewCourse) -> None:
    body = f"    yield t.part('a', points=3)\n{CASES}    yield t.part('b', points=4)\n{CASES}"
    course = small_course(
        FUNCTION,
        f"import numpy as np\nimport grader.testcase as t\n@t.exercise()\ndef double(rng):\n{body}",
    )
    assert [exercise.points for exercise in load(course, "small").exercises] == [7]


def test_a_fault_ends_a_command_with_status_2_and_no_traceback(small_course: NewCourse) -> None:
    course = small_course(FUNCTION, driven("def _():\n    return 1"))
    command = [sys.executable, "-m", "grader", "validate", "small", "--course", str(course.root)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert re.search(r"testcases/small\.py, line 8: drive of double", done.stderr.replace("\n", " "))
