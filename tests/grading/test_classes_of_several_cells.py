"""A class that several cells make is read as Jupyter runs it: extended, with methods attached to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.answer_leaks import answers_handed_out
from grader.grading.pipeline import grade
from grader.grading.programs import isolated_program
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report, Score
from grader.models.submission import State
from grader.notebooks.extraction import extract
from grader.notebooks.name_map import NO_NAMES
from grader.notebooks.reader import read_cells
from grader.sandbox.fork_server import ForkServer

INIT = "    def __init__(self, step=1):\n        self.step = step\n        self.n = 0"
REGION = "        # YOUR CODE STARTS HERE\n        {}\n        # YOUR CODE ENDS HERE"
FIT = "    def fit(self, n):\n" + REGION.format("self.n = n * self.step")
PREDICT = "    def predict(self):\n" + REGION.format("return self.n + 1")
SCORE = "    def score(self):\n" + REGION.format("return 2 * self.predict()")
BLANK_SCORE = "    def score(self):\n" + REGION.format("pass")
MARK = "# GRADED CLASS: Model\n"


def outside(method: str) -> str:
    return "\n".join(line.removeprefix("    ") for line in method.split("\n"))


EXTENDED = (
    f"{MARK}class Model:\n{INIT}\n\n{FIT}",
    f"{MARK}class Model(Model):\n{PREDICT}",
    f"{MARK}class Model(Model):\n{SCORE}",
)
ATTACHED = (
    f"{MARK}class Model:\n{INIT}",
    f"# GRADED METHOD: Model.fit\n{outside(FIT)}\n\n\nModel.fit = fit",
    f'{outside(PREDICT)}\n\n\nsetattr(Model, "predict", predict)',
    "def add_to(cls):\n    def add(function):\n        setattr(cls, function.__name__, function)\n"
    f"        return function\n\n    return add\n\n\n@add_to(Model)\n{outside(SCORE)}",
)
WHOLE = (f"{MARK}class Model:\n{INIT}\n\n{FIT}\n\n{PREDICT}\n\n{SCORE}",)
STYLES = {"extended": EXTENDED, "attached": ATTACHED, "in one cell": WHOLE}

TESTS = """from grader.testcase import exercise


@exercise(points=2, name="Model.fit")
def fit(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@fit.drive
def _(student, n):
    model = student.Model(3)
    model.fit(n)
    return model.n


@exercise(points=2, name="Model.predict")
def predict(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@predict.drive
def _(student, n):
    model = student.Model()
    model.fit(n)
    return model.predict()


@exercise(points=2, name="Model.score")
def score(rng):
    for n in (2, 3, 5):
        yield {"n": n}


@score.drive
def _(student, n):
    model = student.Model()
    model.fit(n)
    return model.score()
"""


@pytest.fixture(params=STYLES, ids=lambda style: f"the reference {style}")
def assignment(
    request: pytest.FixtureRequest, small_course: Callable[..., Course], sandbox: ForkServer
) -> Assignment:
    solution = "\n\n".join(f"# %%\n{cell}" for cell in STYLES[request.param])
    return prepare(load(small_course(solution, TESTS), "small"), sandbox, "a seed")


Scored = Callable[..., dict[str, Score]]


@pytest.fixture
def scored(assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Scored:
    def scores(*cells: str) -> dict[str, Score]:
        report: Report = grade(assignment, sandbox, notebook(*cells), id="ann", file="ann.ipynb")
        return {score.name: score for score in report.exercises}

    return scores


def losing(scores: dict[str, Score]) -> set[str]:
    return {name for name, score in scores.items() if score.points == 0}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("right", "wrong", "loses"),
    [
        pytest.param("", "", set(), id="all is right"),
        pytest.param("self.n = n *", "self.n = n +", {"Model.fit"}, id="fit is wrong"),
        pytest.param("return self.n + 1", "return self.n + 2", {"Model.predict"}, id="predict is wrong"),
        pytest.param("2 * self", "3 * self", {"Model.score"}, id="score is wrong"),
        pytest.param("self.n = n * self.step", "raise NotImplementedError", {"Model.fit"}, id="fit is blank"),
        pytest.param("return 2 * self.predict()", "pass", {"Model.score"}, id="score is blank"),
    ],
)
def test_a_method_is_judged_by_itself_wherever_it_is_defined(
    scored: Scored, style: str, right: str, wrong: str, loses: set[str]
) -> None:
    scores = scored(*(cell.replace(right, wrong) if right else cell for cell in STYLES[style]))
    assert losing(scores) == loses


@pytest.mark.parametrize("style", STYLES)
def test_the_author_sees_the_method_itself_and_its_cell(scored: Scored, style: str) -> None:
    score = scored(*STYLES[style])["Model.score"]
    assert score.source.lstrip().startswith(("def score", "@add_to"))
    assert score.source_cell == len(STYLES[style])


@pytest.mark.parametrize(
    ("cells", "loses"),
    [
        pytest.param(
            (f"{EXTENDED[0]}\n\nm = Model()\nm.fit(2)", *EXTENDED[1:]),
            set(),
            id="it is tried in the same cell",
        ),
        pytest.param(
            (ATTACHED[0], f"{ATTACHED[1]}\nm = Model()\nm.fit(2)", *ATTACHED[2:]),
            set(),
            id="it is tried below the line that attaches it",
        ),
        pytest.param((*EXTENDED, "m = Model()\nm.fit(3)"), set(), id="it is tried in another cell"),
        pytest.param(
            (*WHOLE, "def fit(self, n):\n    self.n = 0\n\nModel.fit = fit"),
            {"Model.fit"},
            id="replaced later",
        ),
        pytest.param(
            ("def fit(self, n):\n    self.n = 0", *WHOLE),
            set(),
            id="a function of that name is never attached",
        ),
        pytest.param(
            (ATTACHED[0], ATTACHED[1], WHOLE[0].replace("n * self.step", "0")),
            {"Model.fit"},
            id="a later class of that name has none of what was attached",
        ),
        pytest.param(
            (*EXTENDED[:2], f"{MARK}class Model(Model):\n{BLANK_SCORE}"),
            {"Model.score"},
            id="the last extension is not written",
        ),
        pytest.param(
            (EXTENDED[0], f"class Model(Model):\n{FIT.replace('n *', '0 *')}", *EXTENDED[1:]),
            {"Model.fit"},
            id="the last definition of a method counts",
        ),
    ],
)
def test_a_class_is_what_it_is_in_jupyter(scored: Scored, cells: tuple[str, ...], loses: set[str]) -> None:
    assert losing(scored(*cells)) == loses


def test_a_class_that_is_extended_is_not_said_to_be_defined_twice(
    assignment: Assignment, notebook: Callable[..., bytes]
) -> None:
    found = extract(read_cells(notebook(*EXTENDED)), assignment.wanted)
    assert found.notes == ()
    twice = extract(read_cells(notebook(*EXTENDED, *EXTENDED)), assignment.wanted)
    assert twice.notes == ("Model: defined 2 times (cells 3, 6); the last one counts",)


def test_a_method_that_no_cell_defines_is_missing(
    assignment: Assignment, notebook: Callable[..., bytes]
) -> None:
    found = extract(read_cells(notebook(*EXTENDED[:2])), assignment.wanted).functions["Model.score"]
    assert (found.state, found.problem) == (State.MISSING, "The class of cell 2 defines no score.")


def test_the_reference_of_a_method_is_never_beside_it(
    assignment: Assignment, notebook: Callable[..., bytes]
) -> None:
    parts = extract(read_cells(notebook(*EXTENDED)), assignment.wanted).parts
    for name in assignment.wanted.functions:
        lent = isolated_program(assignment, name, parts, NO_NAMES).stand_ins
        text = "\n".join(statement.source for statement in lent.statements) if lent else ""
        assert f"def {name.partition('.')[2]}(" not in text


@pytest.mark.parametrize("style", STYLES)
def test_a_stub_of_it_hands_out_no_answer(
    style: str, small_course: Callable[..., Course], sandbox: ForkServer
) -> None:
    solution = "\n\n".join(f"# %%\n{cell}" for cell in STYLES[style])
    definition = load(small_course(solution, TESTS), "small")
    assert answers_handed_out(definition, prepare(definition, sandbox, "s"), sandbox) == ()
    unmarked = solution.replace("# YOUR CODE STARTS HERE", "#").replace("# YOUR CODE ENDS HERE", "#")
    definition = load(small_course(unmarked, TESTS), "small")
    assert answers_handed_out(definition, prepare(definition, sandbox, "s"), sandbox)
