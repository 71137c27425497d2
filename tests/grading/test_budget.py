"""What a submission may take: how it is counted, and what is said when it is used up."""

from __future__ import annotations

import json
import runpy
import zipfile
from pathlib import Path

import pytest

from grader.errors import UnreadableError
from grader.execution.grader import Grader, Order
from grader.models.assignment import Wanted
from grader.models.budget import BUDGET, Budget
from grader.models.execution import Call, Program, Statement, Status
from grader.models.submission import Cell
from grader.notebooks.limited_process import limited
from grader.notebooks.parse_budget import USUAL_CELL, check_it_can_be_read
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.metering import OUTSIDE, Account, Metered
from grader.submissions import find
from grader.submissions.gradescope_metadata import read_gradescope

COURSE = Path(__file__).parents[1] / "attacks" / "course"
SMALL = Budget(seconds=2, answers=4 << 20)
WANTED = Wanted(("f",), {}, {})


@pytest.mark.parametrize(
    ("charges", "said"),
    [
        ([(["f"], 1.9)], ""),
        ([(["f"], 2.5)], "the submission's time budget of 2 s was used up by f"),
        ([([""], 2.5)], f"the submission's time budget of 2 s was used up by {OUTSIDE}"),
        (
            [(["f"], 1.0), (["g", "h"], 1.0), (["f"], 0.0)],
            "the submission's time budget of 2 s was used up by f and others",
        ),
    ],
    ids=["something is left", "one function", "constants", "several functions"],
)
def test_time_is_charged_to_the_functions_that_took_it(
    charges: list[tuple[list[str], float]], said: str
) -> None:
    account = Account(SMALL)
    for functions, seconds in charges:
        account.charge(functions, seconds)
    assert account.used_up() == said


def test_answers_are_charged_too() -> None:
    account = Account(SMALL)
    account.charge(["f", "g"], 0.1, [3 << 20, 1 << 20])
    assert account.used_up() == "the submission's budget of 4 MB for all answers was used up by f"


def test_the_budget_grows_with_the_assignment() -> None:
    assert BUDGET.for_calls(2.0, [2.0]).seconds == 40
    assert BUDGET.for_calls(2.0, [2.0] * 10).seconds == 100
    assert BUDGET.for_calls(20.0, [20.0] * 10).seconds == 1000
    assert BUDGET.for_calls(2.0, [2.0, 20.0]).seconds == 110
    assert BUDGET.for_calls(2.0, [2.0] * 10, reference=30.0).seconds == 300


def test_a_grader_has_the_budget_of_its_assignment() -> None:
    with Grader(Order(COURSE, "tiny", "s", 3.0, "weak")) as grader:
        assert 60 <= grader.budget.seconds < 200


# ---------------------------------------------------------------- in the sandbox


def test_what_one_submission_took_costs_the_reference_and_the_next_one_nothing(sandbox: ForkServer) -> None:
    program = Program((Statement(1, 1, "def f(x):\n    return x"),))
    spent = Account(SMALL)
    spent.charge(["f"], 3.0)
    metered = Metered(sandbox, spent)
    [refused] = metered.run(program, [Call("f", (1,))])
    assert refused.status is Status.NOT_RUN
    assert not refused.lasting
    for other in (metered.unmetered, Metered(sandbox, Account(SMALL))):
        [run] = other.run(program, [Call("f", (1,))])
        assert (run.status, run.value) == (Status.RETURNED, 1)


def test_answers_that_are_too_large_together_are_asked_for_one_by_one(sandbox: ForkServer) -> None:
    program = Program((Statement(1, 1, "def f(x):\n    return bytes(40_000_000)"),))
    account = Account()
    runs = sandbox.run(program, [Call("f", (i,)) for i in range(3)], account)
    assert [(run.status, len(run.value)) for run in runs] == [(Status.RETURNED, 40_000_000)] * 3
    assert account.answers["f"] >= 120_000_000


# ---------------------------------------------------------------- our own work


def test_work_with_limits_comes_back() -> None:
    assert limited("base64:b64encode", b"text") == b"dGV4dA=="


@pytest.mark.parametrize("place", ["time:sleep", "no.such:module"])
def test_work_that_fails_is_an_error_of_the_file(place: str) -> None:
    with pytest.raises(UnreadableError, match="takes more than 10 s or 512 MB to read"):
        limited(place, b"")


def test_code_that_takes_long_to_read_is_refused_before_it_is_read_here() -> None:
    slow = Cell(1, "import a" + ".a" * 100_000)
    with pytest.raises(UnreadableError, match="takes more than 1 s"):
        check_it_can_be_read([slow], WANTED, Budget(work_seconds=1.0))


def test_a_notebook_of_usual_size_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.notebooks.parse_budget.limited", lambda *_: pytest.fail("it did"))
    check_it_can_be_read([Cell(i, "x" * USUAL_CELL) for i in range(1, 5)], WANTED, BUDGET)


# ---------------------------------------------------------------- zips


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        ("zip_with_a_long_list", "its list of members has 17 MB; at most 4 MB are read"),
        (
            "zip_of_a_student_with_many_members",
            "it has 2001 members; at most 2000 of a student's",
        ),
        ("zip_of_a_student_that_unpacks_to_much", "it unpacks to 304 MB; at most 256 MB of a student's zip"),
        ("zip_whose_members_share_bytes", "its zip has the same bytes for it and for another file"),
    ],
)
def test_what_a_zip_has_too_much_of_is_said(attack: str, said: str, tmp_path: Path) -> None:
    made = runpy.run_path(str(COURSE.parent / "notebook" / f"{attack}.py"))["make"](tmp_path)
    assert all(said in handed.fault for handed in find([made]))


def test_zips_of_others_beside_one_that_is_too_much_are_read(tmp_path: Path) -> None:
    made = runpy.run_path(str(COURSE.parent / "notebook" / "zip_of_a_student_that_unpacks_to_much.py"))
    folder = made["make"](tmp_path)
    (folder / "bo").mkdir()
    with zipfile.ZipFile(folder / "bo" / "work.zip", "w") as archive:
        archive.writestr("hw.ipynb", made["NOTEBOOK"])
    faults = [bool(handed.fault) for handed in find([folder])]
    assert faults == [True, False]


# ---------------------------------------------------------------- metadata

GOOD = "submission_1:\n  :submitters:\n  - :name: Ada\n    :email: ada@x.org\n"


@pytest.mark.parametrize(
    "content",
    [
        GOOD + "x: &a [1]\ny: [" + "*a, " * 50_000 + "]\n",
        GOOD + "x: &a {b: &b {c: 1}}\ny: *a\n",
        GOOD + "x: " + "[" * 100 + "]" * 100 + "\n",
        GOOD + "x: '" + "a" * BUDGET.metadata + "'\n",
        "submission_1: &s\n  :submitters: &l [" + "*l, " * 9 + "]\n",
    ],
    ids=["fifty thousand aliases", "an alias of an alias", "depth", "length", "a list in itself"],
)
def test_metadata_that_no_system_writes_is_not_read(content: str) -> None:
    with pytest.raises(UnreadableError, match=r"^it (has [\d,]+ bytes, of at most|is not YAML)"):
        read_gradescope(content.encode())
    assert [student.name for student in read_gradescope(GOOD.encode())["submission_1"].students] == ["Ada"]


def test_schemas_know_what_is_not_run() -> None:
    schema = json.loads((Path(__file__).parents[2] / "docs" / "results.schema.json").read_text())
    assert "not_run" in schema["$defs"]["Status"]["enum"]
