"""Sets, records, ranges, polynomials, dates, texts and frames are graded, as arguments and as answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from samples import HEADER, unpacked

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import make_release
from grader.comparison.verdict import Verdict
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.reports.feedback_page import write_feedback
from grader.results.codec import pack
from grader.sandbox.fork_server import ForkServer

COURSE = Course(Path(__file__).parent / "kinds")
PATIENCE = 60.0  # an import of pandas takes seconds on a busy machine

WRONG = {
    "vowels": ('{c for c in text if c in "aeiou"}', "set(text)"),
    "middle": ("mean = Point(", "mean = Point(1 + "),
    "grow": ("Box(box.width * by,", "Box(box.width + by,"),
    "pairs": ("counts[a, b] =", "counts[b, a] ="),
    "rows": ("range(0, n, 2)", "range(1, n, 2)"),
    "fit": ("fit(x, y, 2)", "fit(x, y, 1)"),
    "mondays": ("% 7)", "% 6)"),
    "shout": ("np.char.upper", "np.char.capitalize"),
    "by_city": ('["mean", "count"]', '["mean", "size"]'),
    "prices": (".max()", ".min()"),
}
"""What is wrong in the wrong notebook."""

TOLD = {
    "vowels": (Verdict.WRONG_VALUE, "found has 2 entries too many. Not expected: 'd', 'w'."),
    "middle": (Verdict.WRONG_VALUE, "mean.x is wrong."),
    "grow": (Verdict.WRONG_VALUE, "larger.width is wrong."),
    "pairs": (Verdict.WRONG_VALUE, "counts[('b', 'a')] is wrong. Yours is 2, expected 1."),
    "rows": (Verdict.WRONG_VALUE, "even.start is wrong. Yours is 1, expected 0."),
    "fit": (Verdict.WRONG_SHAPE, "p.coef has the shape (2,), expected (3,)."),
    "mondays": (
        Verdict.WRONG_VALUE,
        "monday is wrong in 1 of 1 element. The first is monday[0]: yours 2025-04-15",
    ),
    "shout": (Verdict.WRONG_VALUE, "The first is loud[0]: yours 'Pear', expected 'PEAR'."),
    "by_city": (Verdict.WRONG_STRUCTURE, "table has no column 'count'."),
    "prices": (Verdict.WRONG_VALUE, "The first is best.loc['Oslo']: yours 1.13, expected 4.08."),
}
EXAMPLES = {
    "vowels": "vowels('ewd')\nfound, yours: {'d', 'e', 'w'}\nfound, expected: {'e'}",
    "middle": "middle([Point(x=1., y=-2.)])\nmean.x, yours: 2\nmean.x, expected: 1",
    "grow": "grow(Box(width=3., height=2.), 2.)\nlarger.width, yours: 5\nlarger.width, expected: 6",
}
FRAMES = ("by_city", "prices")
ODD = {
    "vowels": ('{c for c in text if c in "aeiou"}', '[c for c in text if c in "aeiou"]'),
    "middle": ("mean = Point(", "mean = tuple, ("),
    "grow": ("larger = Box(", "larger = (lambda *sides: None)("),
    "rows": ("range(0, n, 2)", "list(range(0, n, 2))"),
    "mondays": ("days - ", "5 + days - "),
    "shout": ("np.char.upper(words)", "[w.upper() for w in words]"),
    "by_city": ('["mean", "count"])', '["mean", "count"]).reset_index()'),
    "prices": ("pd.Series(df", "dict(df"),
}
"""Answers of other kinds, which earn nothing and break nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[ForkServer]:
    with ForkServer(PATIENCE, required="weak") as server:
        yield server


@pytest.fixture(scope="module")
def assignments(server: ForkServer) -> Callable[[str], Assignment]:
    """A function from a graded function to its assignment."""
    known: dict[str, Assignment] = {}

    def of(function: str) -> Assignment:
        name = "frames" if function in FRAMES else "records"
        if name == "frames":
            pytest.importorskip("pandas")
        if name not in known:
            known[name] = prepare(load(COURSE, name), server, "tests")
        return known[name]

    return of


@pytest.fixture(scope="module")
def report_on(
    assignments: Callable[[str], Assignment], server: ForkServer, notebook: Callable[..., bytes]
) -> Callable[..., Report]:
    """A function from one of the graded functions, and changes, to the report on its whole notebook."""
    known: dict[Any, Report] = {}

    def report(function: str, changes: dict[str, tuple[str, str]]) -> Report:
        assignment = assignments(function)
        if (assignment.name, id(changes)) not in known:
            source = COURSE.solution(assignment.name).read_text()
            for before, after in changes.values():
                source = source.replace(before, after)
            data = notebook(*filter(None, source.split("# %%")))
            known[assignment.name, id(changes)] = grade(assignment, server, data, id="ann", file="ann.ipynb")
        return known[assignment.name, id(changes)]

    return report


def score_of(report: Report, function: str) -> Score:
    return next(score for score in report.exercises if score.name == function)


NONE: dict[str, tuple[str, str]] = {}


@pytest.mark.parametrize("function", WRONG)
def test_a_right_answer_earns_all(function: str, report_on: Callable[..., Report]) -> None:
    assert score_of(report_on(function, NONE), function).verdict is Verdict.PASSED


@pytest.mark.parametrize("function", WRONG)
def test_a_wrong_answer_is_told_by_its_first_wrong_part(
    function: str, report_on: Callable[..., Report]
) -> None:
    score = score_of(report_on(function, WRONG), function)
    verdict, message = TOLD[function]
    assert (score.points, score.verdict) == (0, verdict)
    assert message in score.message
    assert score.example == EXAMPLES.get(function, score.example)


@pytest.mark.parametrize("function", ODD)
def test_an_answer_of_another_kind_earns_nothing(function: str, report_on: Callable[..., Report]) -> None:
    score = score_of(report_on(function, ODD), function)
    assert (score.points, score.message != "") == (0, True)


@pytest.mark.parametrize("function", ["vowels", "by_city"])
@pytest.mark.parametrize("changes", [WRONG, ODD], ids=["wrong", "odd"])
def test_a_report_with_any_values_is_kept_and_shown(
    function: str, changes: dict[str, tuple[str, str]], report_on: Callable[..., Report]
) -> None:
    report = report_on(function, changes)
    page = write_feedback(HEADER, unpacked(pack(report))).decode()
    assert page == write_feedback(HEADER, report).decode()
    if function == "by_city" and changes is WRONG:
        assert '<th scope="row">Oslo</th>' in page


# ---------------------------------------------------------------- public tests


@pytest.mark.parametrize("name", ["records", "frames"])
def test_public_tests_pass_the_solution_and_fail_a_wrong_one_without_a_grader(
    name: str, assignments: Callable[[str], Assignment], server: ForkServer, tmp_path: Path
) -> None:
    assignment = assignments("by_city" if name == "frames" else "vowels")
    made = make_release(load(COURSE, name), assignment, server)
    for path, data in made.files.items():
        (tmp_path / path.name).write_bytes(data)
    source = COURSE.solution(name).read_text()
    (tmp_path / "right.py").write_text(source)
    for before, after in WRONG.values():
        source = source.replace(before, after)
    (tmp_path / "wrong.py").write_text(source)
    script = (
        "import sys; sys.modules['grader'] = None; sys.path.insert(0, '')\n"
        "import public_tests, right, wrong\n"
        f"assert ('pandas' in sys.modules) is {name == 'frames'}\n"
        "for name in [n for n in public_tests.__all__ if n.endswith('_test')]:\n"
        "    test = getattr(public_tests, name)\n"
        "    test(getattr(right, name[:-5]))\n"
        "    try:\n"
        "        test(getattr(wrong, name[:-5]))\n"
        "    except AssertionError as error:\n"
        "        print('TOLD', error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], cwd=tmp_path, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stdout.splitlines() if line.startswith("TOLD")]
    assert len(told) == len(assignment.exercises)
    for exercise, line in zip(assignment.exercises, told, strict=True):
        assert TOLD[exercise.name][1] in line
