"""What runs beside what, what runs again, and what need not."""

from __future__ import annotations

import dataclasses
import keyword
from collections.abc import Callable
from typing import Any

import pytest
from watched import Watched

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.program_keys import Keys
from grader.grading.reference import prepare
from grader.grading.score_cache import ScoreCache
from grader.models.assignment import Assignment
from grader.models.report import Report
from grader.notebooks.name_map import NO_NAMES, NameMap, parse_name_map
from grader.sandbox.fork_server import ForkServer

SOLUTION = """# %%
import table

# %%
# GRADED FUNCTION: first
def first(x):
    \"\"\"One more.\"\"\"
    return x + 1

# %%
# GRADED FUNCTION: second
def second(x):
    \"\"\"As many more as the table has rows.\"\"\"
    return x + len(table.ROWS)

# %%
# GRADED FUNCTION: third
def third(x):
    \"\"\"Two more.\"\"\"
    return first(first(x))
"""
TESTCASES = '''"""Numbers."""

import numpy as np

from grader.testcase import exercise


@exercise(points=5, public=1)
def first(rng):
    """Some."""
    yield from ({"x": x} for x in (1.0, 2.0, 5.0))


@exercise(points=5, public=1)
def second(rng):
    """Some."""
    yield from ({"x": x} for x in (1.0, 2.0, 5.0))


@exercise(points=5, public=1)
def third(rng):
    """Some."""
    yield from ({"x": np.array([x])} for x in (1.0, 2.0, 5.0))
'''
TABLE = "import table"
FIRST = "def first(x):\n    return x + 1"
SECOND = "def second(x):\n    return x + len(table.ROWS)"
THIRD = "def third(x):\n    return first(first(x))"
RIGHT = (TABLE, FIRST, SECOND, THIRD)
WRONG = "def third(x):\n    return first(x)"


class Class:
    """Grades notebooks one after the other, and knows what it took."""

    def __init__(self, assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> None:
        self.assignment = assignment
        self.sandbox = Watched(sandbox)
        self.notebook = notebook
        self.cache = ScoreCache()

    def grade(self, *cells: str, cached: bool = True, names: NameMap = NO_NAMES) -> Report:
        self.sandbox.processes.clear()
        return grade(
            self.assignment, self.sandbox, self.notebook(*cells), id="a", file="a.ipynb", names=names,
            cache=self.cache if cached else None,
        )  # fmt: skip

    def asked(self, *cells: str, **options: Any) -> list[str]:
        """The functions that are called together for a notebook; its report is as without a cache."""
        report = self.grade(*cells, **options)
        asked = [*self.sandbox.asked]
        assert told(report) == told(self.grade(*cells, cached=False, **options))
        return asked


def told(report: Report) -> list[dict[str, Any]]:
    """All of a report but how long things took."""
    scores = [dataclasses.replace(score, anywhere=None) for score in report.exercises]
    return [
        {
            **dataclasses.asdict(dataclasses.replace(score, cases=())),
            "cases": [c.message for c in score.cases],
        }
        for score in scores
    ]


@pytest.fixture
def one_class(
    small_course: Callable[..., Course], sandbox: ForkServer, notebook: Callable[..., bytes]
) -> Class:
    course = small_course(SOLUTION, TESTCASES, **{"solutions/small/table.py": "ROWS = [1, 2, 3]\n"})
    return Class(prepare(load(course, "small"), sandbox, "seed"), sandbox, notebook)


def test_an_equal_program_is_run_ahead_of_others_once_and_then_no_more(one_class: Class) -> None:
    assert one_class.asked(*RIGHT) == ["first second third"]
    assert one_class.asked(*RIGHT) == ["first, then second third"]
    assert one_class.asked(*RIGHT) == ["second, then third"]
    assert one_class.asked(*RIGHT) == ["third"]
    assert one_class.asked(*RIGHT) == []
    assert one_class.asked(TABLE, "print()", FIRST + "  # one more", SECOND, THIRD) == []


def test_what_was_met_most_often_is_run_ahead(one_class: Class) -> None:
    other = "def first(x):\n    return 1 + x"
    one_class.grade(*RIGHT)
    assert one_class.asked(TABLE, other, SECOND, THIRD) == ["second, then first third"]


def test_what_nobody_wrote_before_has_no_keys_made_to_look_for_it(
    one_class: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def noted(*args: Any) -> Keys:
        made.append(args)
        return Keys(*args)

    monkeypatch.setattr("grader.grading.cached_scores.Keys", noted)
    one_class.grade(*RIGHT)
    assert made == [], "none of its functions was run alone, so none is kept"
    one_class.grade(
        TABLE, "def first(x):\n    return 1 + x", "def second(x):\n    return len(table.ROWS) + x"
    )
    assert made == []
    one_class.grade(*RIGHT)
    assert len(made) == 3


def test_nothing_of_the_others_was_called_when_a_function_is_run_ahead(one_class: Class) -> None:
    helping = "def second(x):\n    keyword.kwlist.append('given')\n    return x + len(table.ROWS)"
    helped = "def third(x):\n    return first(first(x)) if 'given' in keyword.kwlist else 0"
    cells = ("import keyword", TABLE, helping, helped)
    for number in range(3):
        one_class.grade(*cells, f"def first(x):\n    return x + 1 + 0 * {number}")
    one_class.grade(*cells, FIRST)  # the helper was met before, and so is not known when this is
    report = one_class.grade(*cells, FIRST)
    assert report.exercises[2].points == 0
    assert one_class.grade(*cells, FIRST).exercises[2].points == 0


def test_what_changes_its_arguments_behind_hidden_calls_of_another_is_run_alone(one_class: Class) -> None:
    changing = "def third(x):\n    x += 2\n    return x"
    one_class.grade(TABLE, FIRST, SECOND, THIRD)
    asked = one_class.asked(TABLE, FIRST, SECOND, changing)
    assert asked[:2] == ["first, then second third", "third"]


def test_how_long_public_calls_take_behind_hidden_ones_of_another_function_is_not_told(
    one_class: Class,
) -> None:
    slow = "def third(x):\n    time.sleep(0.01)\n    return first(first(x))"
    cells = (TABLE, "import time", FIRST, SECOND)
    beside, behind = (one_class.grade(*cells, f"{slow}  # {n}").exercises[2].cases for n in (1, 2))
    assert all(case.seconds > 0.01 for case in beside)
    assert [case.seconds > 0.01 for case in behind] == [not case.public for case in behind]


def test_what_fails_ahead_is_run_alone_to_be_explained(one_class: Class) -> None:
    wrong = "def first(x):\n    return x + 1 if x > 4 else x"
    one_class.grade(TABLE, wrong, SECOND)
    asked = [one_class.asked(TABLE, wrong, SECOND) for _ in range(3)]
    assert asked == [["second"], [], []], "it was alone"


def test_only_what_is_not_known_is_run(one_class: Class) -> None:
    for _ in range(4):
        one_class.grade(*RIGHT)
    other = "def second(x):\n    return len(table.ROWS) + x"
    assert one_class.asked(TABLE, FIRST, other, THIRD) == ["second"]
    assert one_class.asked(TABLE, FIRST, other, THIRD) == [], "it was alone"


def test_what_fails_a_public_case_beside_others_is_asked_no_hidden_one_there(one_class: Class) -> None:
    one_class.grade(TABLE, FIRST, SECOND, WRONG)
    together, *_ = one_class.sandbox.processes
    hidden = [call.function for _, calls in together for call in calls if not call.public]
    assert {*hidden} == {"first", "second"}


@pytest.mark.parametrize(
    ("first", "tried"),
    [
        pytest.param(FIRST, False, id="one that cannot"),
        pytest.param(
            "KEPT = []\ndef first(x):\n    KEPT.append(x)\n    return x + 1", True, id="one that may"
        ),
    ],
)
def test_what_fails_is_tried_by_itself_beside_a_function_that_may_spoil_it(
    one_class: Class, first: str, tried: bool
) -> None:
    for _ in range(2):  # the reference is asked for its small calls once
        one_class.grade(TABLE, first, SECOND, WRONG, cached=False)
    assert one_class.sandbox.asked[0] == "first second third"
    assert one_class.sandbox.asked[1:] == ["third"] * (1 + tried)


def test_the_public_call_that_fails_is_observed_before_any_hidden_one(one_class: Class) -> None:
    one_class.grade(TABLE, FIRST, SECOND, WRONG)
    _together, alone = (process for process in one_class.sandbox.processes if len(process) > 1)
    _, (_, (observed, *others)) = alone
    assert observed.observed
    assert observed.public
    assert others
    assert not any(call.observed or call.public for call in others)


def test_who_ends_the_process_when_observed_is_judged_by_the_calls_that_are_not(one_class: Class) -> None:
    ends = WRONG.replace(
        "    return", "    if first.__qualname__ != 'first':\n        os._exit(1)\n    return"
    )
    third, plain = (
        one_class.grade(TABLE, FIRST, SECOND, text).exercises[2] for text in (f"import os\n{ends}", WRONG)
    )
    assert [case.verdict for case in third.cases] == [case.verdict for case in plain.cases]
    assert third.message == plain.message


def test_what_fails_is_run_alone_and_explained_once(one_class: Class) -> None:
    together, alone, *_of_the_reference = one_class.asked(TABLE, FIRST, SECOND, WRONG)
    assert (together, alone) == ("first second third", "third")
    assert one_class.asked(TABLE, FIRST, SECOND, WRONG) == ["first, then second"]
    assert one_class.asked(TABLE, FIRST, SECOND, WRONG) == ["second"]
    assert one_class.asked(TABLE, "print()", FIRST, SECOND, f"{WRONG}  # so") == []


def test_the_same_function_beside_another_wrong_one_is_another_program(one_class: Class) -> None:
    wrong = "def first(x):\n    return x - 1"
    for cells in ((TABLE, wrong, SECOND, THIRD), RIGHT, (TABLE, wrong, SECOND, THIRD), RIGHT):
        for _ in range(2):
            one_class.asked(*cells)
    report = one_class.grade(TABLE, wrong, SECOND, THIRD)
    assert [(s.points, s.credited, s.cause) for s in report.exercises] == [
        (0, "as_written", None), (5, "as_written", None), (5, "isolated", "first"),
    ]  # fmt: skip
    assert one_class.sandbox.asked == []


def test_what_is_right_by_itself_is_run_once_beside_all_wrong_versions_of_another(one_class: Class) -> None:
    wrong = [f"def first(x):\n    return x + {number}" for number in (2, 3, 4)]
    new, met, known = (one_class.asked(TABLE, text, SECOND, THIRD) for text in wrong)
    assert "first, then third" in new, "behind the wrong one"
    assert "third" in met, "by itself, and remembered"
    assert "third" not in known
    third = one_class.grade(TABLE, wrong[1], SECOND, THIRD).exercises[2]
    assert (third.points, third.credited, third.cause) == (5, "isolated", "first")


@pytest.mark.parametrize(
    "third",
    [
        pytest.param(
            "def third(x):\n    y = first(first(x))\n    x[:] = 0\n    return y", id="changes its arguments"
        ),
        pytest.param(
            f"def third(x):\n    return first(first(x)) + len(keyword.kwlist) - {len(keyword.kwlist)}",
            id="meets what the wrong one left",
        ),
        pytest.param("def third(x):\n    return first(x)", id="is wrong"),
    ],
)
def test_what_does_not_hold_behind_a_wrong_function_is_run_by_itself(one_class: Class, third: str) -> None:
    wrong = "def first(x):\n    keyword.kwlist.append(x)\n    return 0"
    asked = one_class.asked(TABLE, "import keyword", wrong, SECOND, third)
    assert asked[asked.index("first, then third") + 1] == "third"


def test_how_long_public_calls_take_behind_a_wrong_function_is_not_told(one_class: Class) -> None:
    slow = "def third(x):\n    time.sleep(0.01)\n    return first(first(x))"
    cells = (TABLE, "import time", "def first(x):\n    return x - 1", SECOND, slow)
    behind, by_itself = (one_class.grade(*cells).exercises[2].cases for _ in range(2))
    assert [case.seconds > 0.01 for case in behind] == [not case.public for case in behind]
    assert all(case.seconds > 0.01 for case in by_itself)


def test_what_is_wrong_by_itself_is_run_beside_each_wrong_version_of_another(one_class: Class) -> None:
    wrong = [f"def first(x):\n    return x + {number}" for number in (5, 6)]
    for text in wrong:
        assert "third" in one_class.asked(TABLE, text, SECOND, WRONG)


def test_a_line_that_is_told_is_that_of_each_notebook(one_class: Class) -> None:
    raising = "def first(x):\n    return missing"
    moved = "def first(x):\n\n\n    return missing"
    for cells in ((raising,), (raising,), (moved,), ("import math", raising), (raising,)):
        one_class.asked(*cells)
        one_class.asked(*cells, SECOND)


def test_an_object_that_is_provided_for_all_is_changed_for_nobody_else(one_class: Class) -> None:
    growing = "def first(x):\n    table.ROWS.append(x)\n    return x + 1"
    for _ in range(3):
        report = one_class.grade(TABLE, growing, SECOND, THIRD)
        assert {score.name: score.points for score in report.exercises}["second"] == 5
    for _ in range(3):
        assert one_class.grade(*RIGHT).points == 15


def test_where_something_may_meddle_each_function_has_a_child_of_its_own(one_class: Class) -> None:
    meddling = "def first(x):\n    table.EXTRA = 1\n    return x + 1"
    assert one_class.asked(TABLE, meddling, SECOND, THIRD) == ["first", "second", "third"]


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        pytest.param(("import time", "def first(x):\n    return x + 1 + 0 * time.time()"), "", id="chance"),
        pytest.param(("def one(x):\n    return x + 1",), "one = first", id="a name map"),
        pytest.param(("def first(x):\n    while True: pass",), "", id="time"),
        pytest.param(("def first(x):\n    raise MemoryError",), "", id="memory"),
    ],
)
def test_what_may_come_out_otherwise_is_run_each_time(
    one_class: Class, cells: tuple[str, ...], names: str
) -> None:
    known = parse_name_map(names, one_class.assignment.wanted.functions, "") if names else NO_NAMES
    for _ in range(3):
        one_class.grade(*cells, names=known)
        assert one_class.sandbox.asked
