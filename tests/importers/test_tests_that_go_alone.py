"""A test that cannot be judged goes alone: the others of its item stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader_cells import graded, solution, written

from grader.assignments.course import Course
from grader.importers.importing import Imported, imported
from grader.importers.proving import EARNED
from grader.importers.readers import read
from grader.sandbox.fork_server import ForkServer


def of_cells(folder: Path, sandbox: ForkServer, *cells: dict[str, Any]) -> Imported:
    for name in ("solutions", "testcases"):
        (folder / "course" / name).mkdir(parents=True)
    [source] = read(written(folder / "source" / "alone.ipynb", cells))
    return imported(source, Course(folder / "course"), sandbox)


def points_of(one: Imported) -> dict[str, list[float]]:
    assert one.plan is not None
    return {item.name: [block.points for block in item.blocks] for item in one.plan.items}


def reasons_of(one: Imported) -> dict[str, str]:
    return {each.title: each.reason for each in one.listed}


def test_a_test_that_cannot_be_written_leaves_the_others_of_its_item_and_of_its_cell(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    one = of_cells(
        tmp_path,
        sandbox,
        solution(
            "import os\ndef key(n=4):\n    ### BEGIN SOLUTION\n    return os.urandom(n).hex()\n"
            "    ### END SOLUTION",
            "key",
        ),
        graded("def looks_right(text):\n    assert len(text) == len(key())\n\nlooks_right(key())", "made", 0),
        graded("a = key()\nassert len(a) == 8\nassert a != key()", "key-test"),
        graded("looks_right(key())\nassert len(key(3)) > 0", "looks-test", 2),
    )
    assert list(reasons_of(one)) == ["looks-test"]
    assert "looks_right, which uses what students define" in reasons_of(one)["looks-test"]
    assert [(each.cell, each.points) for each in one.listed] == [(4, 2)]
    assert points_of(one) == {"key": [1, 0]}


def test_a_test_that_what_students_receive_passes_leaves_the_others(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    one = of_cells(
        tmp_path,
        sandbox,
        solution(
            "def total(x):\n    if not x:\n        return 0\n    ### BEGIN SOLUTION\n    return sum(x)\n"
            "    ### END SOLUTION",
            "total",
        ),
        graded("assert total([]) == 0", "none-test"),
        graded("assert total([4, 5]) == 9\nassert total([2]) == 2", "sum-test", 3),
    )
    assert reasons_of(one) == {"none-test": EARNED}
    assert points_of(one) == {"total": [3]}


def test_only_the_test_whose_answers_differ_each_time_is_judged_by_its_text(
    tmp_path: Path, sandbox: ForkServer
) -> None:
    one = of_cells(
        tmp_path,
        sandbox,
        solution(
            "import os\ndef key(n):\n    ### BEGIN SOLUTION\n    return os.urandom(n).hex()\n"
            "    ### END SOLUTION",
            "key",
        ),
        graded("assert key(0) == ''", "empty-test"),
        graded("a = key(4)\nassert a != key(4)", "differ-test"),
    )
    assert one.listed == ()
    assert one.plan is not None
    [item] = one.plan.items
    assert [block.way for block in item.blocks] == ["cases", "assertion"]
