"""A test that does not come over is listed with its reason, and leaves the others."""

from __future__ import annotations

from pathlib import Path

from nbgrader_cells import graded, solution, written

from grader.assignments.course import Course
from grader.importers.importing import imported
from grader.importers.readers import read
from grader.sandbox.fork_server import ForkServer


def test_a_test_that_reads_what_is_not_set_where_it_is_graded_leaves_the_others(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    for name in ("solutions", "testcases"):
        (tmp_path / "course" / name).mkdir(parents=True)
    cells = [
        solution("def f(n):\n    ### BEGIN SOLUTION\n    return n * 2.0\n    ### END SOLUTION", "f"),
        solution("### BEGIN SOLUTION\nr = f(2)\nprint(f(1))\n### END SOLUTION", "tried"),
        graded("assert isinstance(r, float)\nassert f(3) > 0", "both-test"),
        graded("assert f(4) == 8", "call-test"),
    ]
    [source] = read(written(tmp_path / "source" / "tried.ipynb", cells))
    one = imported(source, Course(tmp_path / "course"), sandbox)
    assert [each.title for each in one.listed] == ["both-test"]
    assert "NameError: name 'r' is not defined" in one.listed[0].reason
    assert one.plan is not None
    assert [(item.name, item.points) for item in one.plan.items] == [("f", 1)]


def test_a_test_that_tests_nothing_is_listed_as_such(tmp_path: Path, sandbox: ForkServer) -> None:
    for name in ("solutions", "testcases"):
        (tmp_path / "course" / name).mkdir(parents=True)
    cells = [
        solution("def f(n):\n    ### BEGIN SOLUTION\n    return n * 2.0\n    ### END SOLUTION", "f"),
        graded("assert f(4) == 8", "call-test"),
        graded("# Write your own tests here.\n", "own-test"),
        graded("def test():\n    assert f(1) == 2", "idle-test"),
    ]
    [source] = read(written(tmp_path / "source" / "own.ipynb", cells))
    one = imported(source, Course(tmp_path / "course"), sandbox)
    assert [(each.title, each.reason) for each in one.listed] == [
        ("own-test", "it has no code"),
        ("idle-test", "it does nothing with what it names"),
    ]


def test_a_test_that_cannot_be_written_down_leaves_the_others(tmp_path: Path, sandbox: ForkServer) -> None:
    for name in ("solutions", "testcases"):
        (tmp_path / "course" / name).mkdir(parents=True)
    cells = [
        solution("def size(x):\n    ### BEGIN SOLUTION\n    return len(x)\n    ### END SOLUTION", "size"),
        graded("assert size([4, 5]) == 2", "small-test"),
        graded("assert size([*range(10 ** 6)]) == 10 ** 6", "large-test"),
    ]
    path = written(tmp_path / "source" / "large.ipynb", cells)
    [source] = read(path)
    one = imported(source, Course(tmp_path / "course"), sandbox)
    assert [(each.title, each.reason) for each in one.listed] == [
        ("large-test", "the test calls with an argument of type list")
    ]
    assert one.plan is not None
    assert [item.points for item in one.plan.items] == [1]
