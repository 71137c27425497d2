"""What an instructor's own code raises, or never returns from, is told with its file and line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments import generators
from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.errors import AssignmentError

NewCourse = Callable[..., Course]
HEAD = "import random\n\nimport numpy as np\n\nfrom grader.testcase import exercise\n\n\n@exercise()\n"


def calls(definition: Definition) -> list[object]:
    return [call.args for exercise in definition.exercises for _, call, _ in definition.calls(exercise, "s")]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param("while True:\n        pass", "line 10: the generator double has taken 1 s", id="no end"),
        pytest.param(
            "while True:\n        try:\n            1 / 0\n        except Exception:\n            pass",
            "the generator double has taken 1 s", id="no end, whatever is raised",
        ),
        pytest.param("while True:\n        yield {'x': 1}", "yielded 10000 calls and goes", id="no last one"),
        pytest.param("yield {'x': np.random.rand(2)}", "line 10: the generator double draws from `np.random`",
                     id="np.random"),
        pytest.param("for x in (rng.random(), random.random()):\n        yield {'x': x}",
                     "line 10: the generator double draws", id="in a loop's head"),
        pytest.param("x = rng.random()\n    y = np.random.rand(2)\n    return [{'x': x * y}]",
                     "line 11: the generator double draws", id="one line of several"),
        pytest.param("yield {'x': random.random()}", "from `np.random` or `random`", id="random"),
        pytest.param("return None", "no test cases for double\n  Let double(rng) yield", id="nothing"),
        pytest.param("yield {3: 1, 'x': 2}", "has ['3', 'x']\n  Yield a dictionary", id="keys of two types"),
    ],
)  # fmt: skip
def test_a_fault_of_a_generator_is_told(
    small_course: NewCourse, monkeypatch: pytest.MonkeyPatch, body: str, says: str
) -> None:
    monkeypatch.setattr(generators, "LONGEST", 1)
    definition = load(small_course(testcases=f"{HEAD}def double(rng):\n    {body}\n"), "small")
    with pytest.raises(AssignmentError) as error:
        calls(definition)
    assert says in str(error.value)
    assert "\n  " in str(error.value), "and what to do"


def test_the_line_is_that_of_the_file_though_a_function_of_another_draws(small_course: NewCourse) -> None:
    course = small_course(
        testcases=f"import helper\n{HEAD}def double(rng):\n    x = 1\n    yield {{'x': helper.drawn()}}\n",
        **{"solutions/small/helper.py": "import random\n\n\ndef drawn():\n    return random.random()\n"},
    )
    with pytest.raises(AssignmentError, match=r"testcases/small\.py, line 12: the generator double draws"):
        calls(load(course, "small"))


def test_a_generator_that_seeds_what_it_draws_may_draw_from_np_random(small_course: NewCourse) -> None:
    body = "    np.random.seed(3)\n    yield {'x': np.random.rand(2)}\n"
    definition = load(small_course(testcases=f"{HEAD}def double(rng):\n{body}"), "small")
    first, second = (args[0].tolist() for args in calls(definition))
    assert first == second


@pytest.mark.parametrize(
    ("testcases", "says"),
    [
        pytest.param(f"{HEAD}def double(:\n", "small.py, line 9: importing it raised Synt", id="syntax"),
        pytest.param("\nx = 1 / 0\n", "small.py, line 2: importing it raised ZeroDiv", id="it raises"),
        pytest.param("while True:\n    pass\n", "importing it has taken 1 s", id="no end"),
        pytest.param(
            HEAD.replace("()", "(points=-5)") + "def double(rng):\n    yield {'x': 1}\n",
            "small.py, line 8: points=-5 in @exercise\n  Let them be a number greater than 0.",
            id="an argument",
        ),
        pytest.param(
            HEAD.replace("()", "(point=5)") + "def double(rng):\n    yield {'x': 1}\n",
            "small.py, line 8: exercise has no argument point\n  It has points, grade_id,", id="no argument",
        ),
        pytest.param(
            HEAD.replace("()", "(allow='all')") + "def double(rng):\n    yield {'x': 1}\n",
            "line 8: allow='all' in @exercise\n  Let it be of number_for_bool,", id="an allowance",
        ),
        pytest.param(
            HEAD + "def double(rng, a, b):\n    yield {'x': 1}\n",
            "line 8: double(rng, a, b) in @exercise\n  Let it be double(rng), or double(", id="a generator",
        ),
        pytest.param(
            HEAD + "class double:\n    pass\n", "line 8: double() in @exercise\n  Let", id="no generator",
        ),
    ],
)  # fmt: skip
def test_a_fault_of_a_file_of_test_cases_is_told(
    small_course: NewCourse, monkeypatch: pytest.MonkeyPatch, testcases: str, says: str
) -> None:
    monkeypatch.setattr(generators, "LONGEST", 1)
    with pytest.raises(AssignmentError) as error:
        load(small_course(testcases=testcases), "small")
    told = str(error.value)
    assert says in told
    assert "\n  Mend it" in told or "raised" not in told


def test_a_file_of_test_cases_may_have_a_dataclass(small_course: NewCourse) -> None:
    testcases = (
        "from __future__ import annotations\n\nfrom dataclasses import dataclass, field\n\n"
        f"{HEAD}def double(rng):\n    yield {{'x': Size().n}}\n\n\n"
        "@dataclass\nclass Size:\n    n: int = 3\n    more: list[int] = field(default_factory=list)\n"
    )
    assert calls(load(small_course(testcases=testcases), "small")) == [(3,), (3,)]


def test_a_byte_order_mark_means_nothing(small_course: NewCourse) -> None:
    course = small_course(**{"solutions/small/more.py": "K = 2\n"})
    plain = load(course, "small")
    for path in (course.solution("small"), course.testcases("small"), *course.provided("small")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    marked = load(course, "small")
    assert marked.wanted == plain.wanted
    assert marked.reference.functions == plain.reference.functions
