"""What comes over passes `grader validate` as it is, once its files are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbgrader_cells import code, graded, notebook, question, solution, text, written

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.time_limits import tight_limits
from grader.authoring.validate import findings
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.importers.importing import Imported, imported
from grader.importers.proving import EARNED
from grader.importers.readers import read
from grader.notebooks.solution import read_solution
from grader.notebooks.stub import stub_of
from grader.sandbox.fork_server import ForkServer

CURRENT = "The files for students are current."


def imported_of(folder: Path, cells: list[dict[str, Any]], sandbox: ForkServer) -> tuple[Imported, Course]:
    for name in ("solutions", "testcases"):
        (folder / "course" / name).mkdir(parents=True)
    course = Course(folder / "course")
    [source] = read(written(folder / "source" / "little.ipynb", cells))
    one = imported(source, course, sandbox)
    assert one.problem == ""
    return one, course


def faults_of(one: Imported, course: Course, sandbox: ForkServer) -> list[str]:
    """Return what `grader validate` says of what was imported, but for the files that are not written yet."""
    definition = load(course, one.name)
    found = findings(definition, prepare(definition, sandbox, "tests"), sandbox)
    return [fault for finding in found if finding.claim != CURRENT for fault in finding.faults]


def test_a_notebook_of_questions_alone_is_valid_and_can_be_graded(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [text("# Why"), question("Because.", "why", 2)]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert faults_of(one, course, sandbox) == []
    assignment = prepare(load(course, one.name), sandbox, "tests")
    report = grade(assignment, sandbox, notebook(cells), id="ada", file="little.ipynb")
    assert (report.status, report.max_points) == ("graded", 2)


def test_what_cannot_be_loaded_is_said_of_questions_alone_too(tmp_path: Path, sandbox: ForkServer) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "old.py").write_text("print 1\n")
    file = written(tmp_path / "source" / "little.ipynb", [code("import old"), question("Because.", "why")])
    for name in ("solutions", "testcases"):
        (tmp_path / name).mkdir()
    [source] = read(file)
    assert "old.py" in imported(source, Course(tmp_path), sandbox).problem


def test_what_students_receive_is_of_the_assignment_if_one_cell_sets_all_of_it(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [
        solution("### BEGIN SOLUTION\na = 5\nb = 'five'\n### END SOLUTION", "answers"),
        graded("assert a == 5\nassert b == 'five'", "answers-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert faults_of(one, course, sandbox) == []


def test_a_block_of_nothing_but_magics_stays_one(tmp_path: Path, sandbox: ForkServer) -> None:
    cells = [
        code(
            "x = 2\nif x > 3:\n    %cd elsewhere\n    !ls\nelif x > 4:\n    y = 1\n    !ls\nelse:\n    !ls -a"
        ),
        solution("def twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "twice"),
        graded("assert twice(x) == 4", "twice-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.listed == ()
    stub = json.loads(stub_of(read_solution(course.solution(one.name)), {}))
    texts = ["".join(cell["source"]) for cell in stub["cells"]]
    assert (
        "x = 2\nif x > 3:\n    pass\n    %cd elsewhere\n    !ls\n"
        "elif x > 4:\n    y = 1\n    !ls\nelse:\n    pass\n    !ls -a"
    ) in texts


def test_code_that_calls_what_nothing_defines_is_shown(tmp_path: Path, sandbox: ForkServer) -> None:
    cells = [
        code("def lost(x):\n  return x\n   + 1"),
        code("found = lost(3)\n\ndef later():\n    return found"),
        code("later()"),
        solution("def twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "twice"),
        code("twice(3)"),
        graded("assert twice(3) == 6\nassert twice(4) == 8", "twice-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault] == []
    text = course.solution(one.name).read_text()
    assert "# ```python\n# found = lost(3)" in text
    assert "# ```python\n# later()" in text
    assert "\ntwice(3)\n" in text


def test_an_assignment_of_questions_alone_takes_no_notebook_of_other_questions(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    one, course = imported_of(tmp_path, [question("Because.", "why", 2)], sandbox)
    assignment = prepare(load(course, one.name), sandbox, "tests")

    def status(*cells: dict[str, Any]) -> str:
        return grade(assignment, sandbox, notebook([*cells]), id="ada", file="any.ipynb").status

    assert status(question("Nobody knows.", "why", 2)) == "graded"
    assert status(text("**Question: why**\n\nNobody knows.")) == "graded"
    assert status(text("Nobody knows.")) == "graded"
    assert status(question("Yesterday.", "when", 2), solution("x = 1", "x")) == "unreadable"
    assert status(text("**Question: when**\n\nYesterday.")) == "unreadable"


def test_an_answer_that_goes_on_in_another_method_is_taken_out_in_two_parts(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [
        solution(
            "class Pile:\n    def __init__(self, first):\n        ### BEGIN SOLUTION\n"
            "        self.items = [first]\n\n    # The rest is an answer too.\n    def top(self):\n"
            "        return self.items[-1]\n    ### END SOLUTION\n\n    def given(self):\n        return 7",
            "pile",
        ),
        graded("assert Pile(3).top() == 3\nassert Pile(4).top() == 4", "pile-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.listed == ()
    assert [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault] == []
    stub = stub_of(read_solution(course.solution(one.name)), {}).decode()
    assert "def __init__" in stub
    assert "def given" in stub
    assert "items" not in stub
    assert "def top" not in stub


def test_an_answer_outside_of_its_markers_is_listed_as_students_receive_it(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    def answer(name: str, inside: str, outside: str) -> dict[str, Any]:
        body = f"    {outside}\n    ### BEGIN SOLUTION\n    {inside}\n    ### END SOLUTION\n    return y"
        return solution(f"def {name}(x):\n{body}", name)

    cells = [
        answer("twice", "# 1 line", "y = 2 * x"),
        graded("assert twice(3) == 6", "twice-test"),
        answer("thrice", "y = y + x", "y = 2 * x"),
        graded("assert thrice(3) == 9", "thrice-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert [(listed.title, listed.reason) for listed in one.listed] == [("twice-test", EARNED)]
    assert [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault] == []


def test_a_module_beside_the_notebook_may_have_another_function_of_a_graded_name(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "little_utils.py").write_text("def twice(x):\n    return x + x\n")
    cells = [
        code("import little_utils"),
        solution("def twice(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "twice"),
        graded("assert twice(3) == little_utils.twice(3)", "twice-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.listed == ()
    assert [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault] == []


def test_an_answer_that_calls_another_is_proven_beside_it(tmp_path: Path, sandbox: ForkServer) -> None:
    def answer(name: str, value: str) -> dict[str, Any]:
        body = f"    ### BEGIN SOLUTION\n    return {value}\n    ### END SOLUTION"
        return solution(f"def {name}(x):\n{body}", name)

    cells = [
        answer("twice", "2 * x"),
        graded("assert twice(3) == 6", "twice-test"),
        answer("again", "twice(twice(x))"),
        graded("assert again(3) == 12", "again-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.listed == ()
    assert [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault] == []


def test_weak_tests_of_the_source_are_signed_off_and_its_markers_read_as_nbgrader_does(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    cells = [
        code("def least(x):\n    return x"),
        solution(
            "def least(x):\n    if x < 0:\n    ### BEGIN SOLUTIONS, please\n        return 0\n    else:\n"
            "        return x\n    ### END SOLUTIONS",
            "least",
        ),
        graded("assert least(-2) == 0\nassert least(0) == 0", "least-test"),
        solution("### BEGIN SOLUTION\nnames = ['ada', 'bob']\n### END SOLUTION", "names"),
        graded("assert len(names) == 2", "names-test"),
    ]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.plan is not None
    assert {*one.plan.signed_off} == {"least", "names"}
    assert one.listed == ()
    mutants = [fault for fault in faults_of(one, course, sandbox) if "instead of" not in fault]
    assert mutants == []


def test_slow_functions_have_time_limits_with_room(tmp_path: Path, sandbox: ForkServer) -> None:
    def sleeps(name: str, seconds: float) -> list[dict[str, Any]]:
        body = f"    ### BEGIN SOLUTION\n    time.sleep({seconds})\n    return 2 * x\n    ### END SOLUTION"
        return [solution(f"def {name}(x):\n{body}", name), graded(f"assert {name}(3) == 6", f"{name}-test")]

    cells = [code("import time"), *sleeps("quick", 0), *sleeps("slow", 0.5), *sleeps("late", 2.1)]
    one, course = imported_of(tmp_path, cells, sandbox)
    assert one.plan is not None
    quick, slow, late = (item.seconds for item in one.plan.items)
    assert (quick, 5 <= slow < 20, 21 <= late < 40) == (0, True, True)
    definition = load(course, one.name)
    assert [*tight_limits(definition, prepare(definition, sandbox, "tests"), sandbox)] == []


def test_what_leads_to_a_variable_has_time_with_room_too(tmp_path: Path) -> None:
    def sleeps(name: str, seconds: float) -> list[dict[str, Any]]:
        lines = f"### BEGIN SOLUTION\n{name} = time.sleep({seconds}) or 2\n### END SOLUTION"
        return [solution(lines, name), graded(f"assert {name} == 2", f"{name}-test")]

    cells = [code("import time"), *sleeps("quick", 0), *sleeps("slow", 1.3), *sleeps("late", 1.6)]
    with ForkServer(timeout=0.5) as sandbox:
        one, _ = imported_of(tmp_path, cells, sandbox)
    assert one.plan is not None
    quick, slow, late = (item.seconds for item in one.plan.items)
    assert (quick, 5 <= slow < 10, 6 <= late < 12) == (0, True, True)
    assert one.listed == ()
