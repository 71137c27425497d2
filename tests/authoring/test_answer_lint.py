"""Answers that code without thought would give, and judges that accept what is wrong, are named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.answer_lint import constant_answers, lenient_judges
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer

HEAD = "import numpy as np\nfrom grader.testcase import *\n"
ALWAYS = "so code that always gives it earns the points. Let the answers differ."

Said = Callable[..., list[str]]


@pytest.fixture
def said(small_course: Callable[..., Course], sandbox: ForkServer) -> Said:
    """A function from the body of `double` and its test cases to what is said about the answers."""

    def of(body: str, cases: str, arguments: str = "", more: str = "") -> list[str]:
        course = small_course(
            f"import numpy as np\n\n\ndef double(x):\n    {body}\n",
            f"{HEAD}@exercise({arguments})\ndef double(rng):\n    {cases}\n\n{more}",
        )
        definition = load(course, "small")
        assignment = prepare(definition, sandbox, "s")
        return [*map(str, (*constant_answers(definition, assignment), *lenient_judges(assignment)))]

    return of


NUMBERS = "yield from ({'x': rng.normal()} for _ in range(4))"
TWICE = "return 2 * x"


def test_answers_that_differ_are_fine(said: Said) -> None:
    assert said(TWICE, NUMBERS) == []


def test_one_answer_for_all_cases_is_named(said: Said) -> None:
    assert said("return x > -100", NUMBERS) == [f"double: every case has the same right answer, {ALWAYS}"]


def test_one_answer_for_the_cases_of_a_part_is_named(said: Said) -> None:
    zeros = "yield part('zeros', points=1); yield {'x': 0}; yield {'x': 0.0}"
    assert said("return 2.0 * x", f"yield part('any', points=1); {NUMBERS}; {zeros}") == [
        f"double: every case of the part 'zeros' has the same right answer, {ALWAYS}"
    ]


def test_a_part_in_which_every_case_raises_is_named(said: Said) -> None:
    cases = "yield part('e', points=1); yield {'x': -1}; yield {'x': -2}; yield part('o', points=1); "
    body = "if x < 0: raise ValueError(x)\n    return 2 * x"
    assert said(body, cases + "yield {'x': 1}; yield {'x': 2}", "raises=ValueError") == [
        "double: every case of the part 'e' raises ValueError, so code that always raises it earns the "
        "points. Add a case that has an answer."
    ]


def test_a_single_case_is_no_matter(said: Said) -> None:
    assert said(TWICE, "yield {'x': 1}") == []


def test_an_exception_that_no_case_raises_is_named(said: Said) -> None:
    assert said(TWICE, NUMBERS, "raises=(ValueError, KeyError)") == [
        f"double: no case raises {name}, which `raises` allows. Add a case in which the reference does."
        for name in ("ValueError", "KeyError")
    ]


def test_a_judge_that_accepts_everything_is_named(said: Said) -> None:
    lenient = "@double.judge\ndef _(case, expected, answer):\n    return None\n"
    constant, accepts = said(TWICE, NUMBERS, more=lenient)
    assert constant == f"double: every case has the same right answer, {ALWAYS}"
    assert accepts.startswith(
        "double: its judge accepts every answer that was tried: numbers changed, zeros,"
    )


@pytest.mark.parametrize(
    "says",
    ["abs(answer - expected) < 1e-6", "answer == 2 * case['x']", "np.sign(answer) == np.sign(expected)"],
)
def test_a_judge_that_rejects_something_is_not(said: Said, says: str) -> None:
    strict = f"@double.judge\ndef _(case, expected, answer):\n    return None if {says} else 'No.'\n"
    assert said(TWICE, NUMBERS, more=strict) == []


def test_a_judge_of_texts_is_tried_on_other_texts(said: Said) -> None:
    lenient = "@double.judge\ndef _(case, expected, answer):\n    return None\n"
    [_, accepts] = said("return np.array(['a', 'b'])", NUMBERS, more=lenient)
    assert accepts.startswith("double: its judge accepts every answer that was tried")


def test_a_judge_that_changes_what_it_is_given_is_named(said: Said) -> None:
    spoils = (
        "@double.judge\ndef _(case, expected, answer):\n"
        "    case['x'].sort()\n    return None if np.allclose(expected, answer) else 'No.'\n"
    )
    [changes] = said(
        "return x.copy()", "yield {'x': np.array([3, 1])}; yield {'x': np.array([5, 2])}", "", spoils
    )
    assert changes.startswith("double: its judge changes the case or the expected answer")


def test_a_judge_that_raises_on_wrong_numbers_is_named_with_its_line_and_case(said: Said) -> None:
    fragile = (
        "@double.judge\ndef _(case, expected, answer):\n"
        "    ratio = 1 // int(answer)\n    return None if answer == expected else 'No.'\n"
    )
    with pytest.raises(AssignmentError) as error:
        said(TWICE, "yield from ({'x': int(rng.integers(1, 9**9))} for _ in range(3))", more=fragile)
    assert "testcases/small.py, line 9: the judge of double raised ZeroDivisionError" in str(error.value)
    assert "(test case public-1)\n  Let it return None, or a sentence" in str(error.value)
