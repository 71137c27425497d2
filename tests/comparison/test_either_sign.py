"""An answer that is right with either sign earns its points where the instructor says so, and only there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.validate import findings
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.report import Report
from grader.sandbox.fork_server import ForkServer

SOLUTION = """# %%
import numpy as np

# %%
# GRADED FUNCTION: safe_log
def safe_log(x):
    # YOUR CODE STARTS HERE
    with np.errstate(all="ignore"):
        y = np.log(x)
    # YOUR CODE ENDS HERE
    return y

# %%
# GRADED FUNCTION: principal_axis
def principal_axis(X):
    # YOUR CODE STARTS HERE
    v = np.linalg.eigh(np.cov(X, rowvar=False))[1][:, -1]
    # YOUR CODE ENDS HERE
    return v

# %%
# GRADED FUNCTION: is_sorted
def is_sorted(x):
    # YOUR CODE STARTS HERE
    out = {"sorted": bool(np.all(np.diff(x) >= 0)), "z": complex(x[0], 1)}
    # YOUR CODE ENDS HERE
    return out
"""
CASES = """from grader.testcase import exercise
import numpy as np

@exercise(points=1)
def safe_log(rng):
    for n in (3, 5, 4):
        x = rng.normal(size=n); x[0] = 0; x[1] = -1
        yield {"x": x}

@exercise(points=2ALLOW)
def principal_axis(rng):
    for m, n in ((9, 3), (12, 4), (20, 2)):
        yield {"X": rng.normal(size=(m, n)) * np.arange(1, n + 1)}

@exercise(points=7)
def is_sorted(rng):
    for n in (3, 6, 4):
        yield {"x": rng.integers(0, 9, n)}
"""
AXIS = "def principal_axis(X):\n    return {}"
OTHER_SIGN = AXIS.format("-np.linalg.eigh(np.cov(X, rowvar=False))[1][:, -1]")
BY_SVD = AXIS.format("np.linalg.svd(X - X.mean(0))[2][0]")
NOT_AN_AXIS = AXIS.format("np.abs(np.linalg.eigh(np.cov(X, rowvar=False))[1][:, 0])")
NPBOOL = """def is_sorted(x):
    return {"sorted": np.all(np.diff(x) >= 0), "z": x[0] + 1j}"""
NAN_ALL = "def safe_log(x):\n    return np.full(len(x), np.nan)"
ALLOWED = ', allow="either_sign"'


@pytest.fixture
def course(tmp_path: Path) -> Callable[[str], Course]:
    """A function that writes the course, with what is allowed of the axis."""

    def write(allowed: str) -> Course:
        for folder in ("solutions", "testcases/odd/accepted"):
            (tmp_path / folder).mkdir(parents=True)
        (tmp_path / "solutions/odd.py").write_text(SOLUTION)
        (tmp_path / "testcases/odd.py").write_text(CASES.replace("ALLOW", allowed))
        version = f'"""The other direction of the axis."""\n\nimport numpy as np\n\n\n{OTHER_SIGN}\n'
        (tmp_path / "testcases/odd/accepted/other_sign.py").write_text(version)
        return Course(tmp_path)

    return write


@pytest.fixture
def marked(
    course: Callable[[str], Course], sandbox: ForkServer, notebook: Any
) -> Callable[[str, str], Report]:
    """A function that grades one function in place of the solution's."""

    def report(allowed: str, written: str) -> Report:
        assignment = prepare(load(course(allowed), "odd"), sandbox, "a seed")
        cells = [cell for cell in SOLUTION.split("# %%\n") if cell]
        return grade(assignment, sandbox, notebook(*cells, written), id="a", file="a.ipynb")

    return report


@pytest.mark.parametrize("written", [OTHER_SIGN, BY_SVD], ids=["the other sign", "by singular values"])
def test_a_sign_that_is_free_costs_points_until_the_instructor_allows_either(
    marked: Callable[[str, str], Report], written: str
) -> None:
    report = marked("", written)
    assert (report.points, report.max_points) == (8, 10)
    lost = next(score for score in report.exercises if not score.points)
    assert lost.name == "principal_axis"
    assert "is wrong in" in lost.message


@pytest.mark.parametrize("written", [OTHER_SIGN, BY_SVD], ids=["the other sign", "by singular values"])
def test_either_sign_earns_all_where_it_is_allowed(
    marked: Callable[[str, str], Report], written: str
) -> None:
    assert marked(ALLOWED, written).points == 10


@pytest.mark.parametrize(
    ("written", "points"),
    [
        pytest.param(NOT_AN_AXIS, 8, id="another direction is wrong where either sign is allowed"),
        pytest.param(NPBOOL, 10, id="a bool and a complex number of NumPy are bools and numbers"),
        pytest.param(NAN_ALL, 9, id="nan is right only where nan is expected"),
    ],
)
def test_what_is_right_is_so_whatever_else_is_allowed(
    marked: Callable[[str, str], Report], written: str, points: int
) -> None:
    assert marked(ALLOWED, written).points == points


@pytest.mark.parametrize("allowed", ["", ALLOWED], ids=["as it was", "with the remedy"])
def test_validate_names_the_remedy_of_an_alternative_with_the_other_sign(
    course: Callable[[str], Course], sandbox: ForkServer, allowed: str
) -> None:
    definition = load(course(allowed), "odd")
    told = findings(definition, prepare(definition, sandbox, "validate"), sandbox)
    (found,) = (one for one in told if "accepted alternatives" in one.claim)
    remedy = [fault for fault in found.faults if '@exercise(allow="either_sign")' in fault]
    assert bool(remedy) == bool(found.faults) == (not allowed)
