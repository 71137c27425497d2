"""What the benchmarks measure with: classes, a floor, and a sum over all processes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from itertools import islice
from pathlib import Path
from statistics import mean

import pytest
from classes import FEWEST, MOST, SIZE, reworded, submissions, versions, write_class
from floor import passed

from grader.grading.pipeline import grade
from grader.notebooks.extraction import extract
from grader.notebooks.reader import read_cells
from grader.notebooks.solution import sample

BENCH = Path(__file__).parents[1] / "bench"
COUNT = 12


@pytest.fixture(scope="module")
def distinct(definition):
    return list(submissions(definition, COUNT, "tests", distinct=True))


@pytest.fixture(scope="module")
def usual(definition):
    return list(submissions(definition, COUNT, "tests"))


def programs(definition, function, notebooks):
    """The trees of a function in each notebook: equal for the same program in another layout."""
    found = (extract(read_cells(data), definition.wanted).functions[function] for data in notebooks)
    return [ast.dump(ast.parse(one.source)) for one in found]


# ---------------------------------------------------------------- classes


def test_a_class_is_made_of_its_seed_alone(definition, usual):
    assert list(submissions(definition, COUNT, "tests")) == usual
    assert list(submissions(definition, COUNT, "others")) != usual


def test_a_larger_class_begins_with_a_smaller_one(definition, usual):
    assert list(islice(submissions(definition, 10**6, "tests"), 3)) == usual[:3]


def test_a_class_is_written_a_file_for_each_submission(definition, usual, tmp_path):
    write_class(definition, tmp_path / "class", 3, "tests")
    assert [path.read_bytes() for path in sorted((tmp_path / "class").iterdir())] == usual[:3]


def test_notebooks_are_as_long_as_real_ones(usual, distinct):
    assert all(0.99 * SIZE < len(data) <= SIZE for data in usual + distinct)


def test_notebooks_differ_in_their_cells_and_in_what_they_print(usual):
    cells = [json.loads(data)["cells"] for data in usual]
    assert len(set(map(len, cells))) > 3
    assert len({sum(bool(cell.get("outputs")) for cell in of_one) for of_one in cells}) > 3


@pytest.mark.parametrize("seed", ["tests", "others"])
def test_a_function_has_a_few_dozen_versions_that_are_all_different(definition, seed):
    for function in definition.wanted.functions:
        known = versions(definition, function, seed)
        assert FEWEST <= len(known) <= MOST
        assert len({ast.dump(ast.parse(source)) for source in known}) == len(known)
        assert known[0] == definition.reference.functions[function].source


def test_distinct_means_that_no_two_are_the_same_program(definition, distinct):
    for function in definition.wanted.functions:
        assert len(set(programs(definition, function, distinct))) == COUNT


def test_a_usual_class_repeats_itself(definition, usual):
    repeated = [COUNT - len(set(programs(definition, name, usual))) for name in definition.wanted.functions]
    assert mean(repeated) > COUNT / 5


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return x\n", id="plain"),
        pytest.param('def f(x):\n    """Say."""\n    return x\n', id="with a docstring"),
        pytest.param(
            "import copy\n\ndef g(x):\n    return x\n\ndef f(x):\n    return g(x)\n", id="not alone"
        ),
    ],
)
def test_a_reworded_function_is_another_program_that_does_the_same(source):
    before, after = {}, {}
    exec(source, before)
    exec(reworded(source, "f", 7), after)
    assert after["f"](3) == before["f"](3)
    assert after["f"].__code__.co_consts != before["f"].__code__.co_consts
    assert after["f"].__doc__ == before["f"].__doc__


# ---------------------------------------------------------------- the floor


def test_the_floor_passes_the_solution(assignment, definition, solution):
    assert list(passed(assignment, [sample(solution)])) == [list(definition.wanted.functions)]


def test_the_floor_leaves_no_module_to_the_next_assignment(assignment, solution):
    before = dict(sys.modules)
    list(passed(assignment, [sample(solution)]))
    left = {name for name in assignment.wanted.modules if sys.modules.get(name) is not before.get(name)}
    assert left == set()


def test_the_floor_passes_what_grader_passes(assignment, sandbox, usual):
    reports = [grade(assignment, sandbox, data, id="one", file="one.ipynb") for data in usual]
    earned = [
        [score.name for score in report.exercises if score.points and score.credited == "as_written"]
        for report in reports
    ]
    assert list(passed(assignment, usual)) == earned
    assert 0.5 < mean(report.points / report.max_points for report in reports) < 1


# ---------------------------------------------------------------- processes

ORPHAN = """
import os, time
if os.fork() == 0:
    os.setsid()
    held = b"x" * 80_000_000
    while time.process_time() < 0.5:
        pass
"""


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="the memory of others is for root to see"
)
def test_what_a_command_costs_has_its_orphans_in_it():
    measure = f"from processes import cost; print(*cost([{sys.executable!r}, '-c', {ORPHAN!r}]))"
    run = subprocess.run(
        [sys.executable, "-c", measure],
        cwd=BENCH,
        env={**os.environ, "PYTHONPATH": str(BENCH.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    _, cpu, memory = map(float, run.stdout.split())
    assert cpu > 0.45
    assert memory > 80_000_000
