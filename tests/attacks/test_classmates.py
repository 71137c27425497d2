"""No submission changes another's points, verdicts or feedback, in whatever order a class is graded."""

from __future__ import annotations

import dataclasses
import itertools
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.execution.grader import Grader, Order
from grader.execution.results_run import grade_into
from grader.grading.pipeline import grade
from grader.grading.score_cache import ScoreCache
from grader.models.report import Report
from grader.submissions import find

from .arena import COURSE, Arena, names, notebook, right, source

NUMPY = "import numpy as np"
HOSTILE = (
    "interference/generator_in_a_cycle",
    "interference/spoils_numpy",
    "interference/spoils_numpy_when_it_is_deleted",
    "interference/helps_another_function",
    "interference/gives_arithmetic_another_meaning",
    "determinism/counts_its_calls",
    "comparison/changes_its_input",
)
VERSIONS = {
    "double": (
        "def double(x):\n    return 2 * x",
        'def double(x):\n    """Twice."""\n    return 2 * x  # as asked',
        "def double(x):\n    return 2 * x + 1e-3",
        "def double(x):\n    x *= 2\n    return x",
        "def double(x):\n    raise ValueError(len(x))",
        "def double(x):\n\n    raise ValueError(len(x))",
    ),
    "norm": (
        "def norm(A):\n    return np.sqrt((A**2).sum())",
        "def norm(A):\n    return np.abs(A).sum()",
        "def norm(A):\n    return unknown(A)",
        "def norm(A):\n    return np.sqrt((A**2).sum()) if not hasattr(np, 'spoilt') else 0.0",
    ),
    "quadruple": (
        "def quadruple(x):\n    return double(double(x))",
        "def quadruple(x):\n    return double(x) + double(x)",
        "def quadruple(x):\n    return double(x)",
    ),
    "tag": (
        "def tag(parameters, label):\n    return {'W': 3 * parameters['W'], 'label': label.upper()}",
        "def tag(parameters, label):\n    return {'W': 3 * parameters['W'], 'label': label}",
        "def tag(p, label):\n    p['W'] *= 3\n    return {**p, 'label': label.upper()}",
        "def tag(p, label):\n    np.spoilt = 1\n    return {'W': 3 * p['W'], 'label': label.upper()}",
    ),
}  # fmt: skip


def member(rng: random.Random) -> bytes:
    """A notebook of functions that others have too, at places of its own, or with a hostile one."""
    cells = [
        rng.choice(versions) for name, versions in VERSIONS.items() if name == "double" or rng.random() < 0.9
    ]
    trials = ["print('hello')"] * rng.randrange(3)
    hostile = [source(rng.choice(HOSTILE))] if rng.random() < 0.25 else []
    return notebook(NUMPY, *trials, *cells, *hostile)


def timeless(report: Report) -> list[dict[str, Any]]:
    """All of a report but who it is of, and how long things took."""
    return [*map(_timeless, report.exercises), {"points": report.points, "notes": report.notes}]


def _timeless(score: Any) -> dict[str, Any]:
    cases = [dataclasses.replace(case, seconds=0.0) for case in score.cases]
    return {**dataclasses.asdict(dataclasses.replace(score, cases=(), anywhere=None)), "cases": repr(cases)}


@pytest.fixture(scope="module")
def arena(arena_at: Callable[[str], Arena]) -> Arena:
    return arena_at("full")


def graded(arena: Arena, data: bytes, cache: ScoreCache | None = None) -> list[dict[str, Any]]:
    return timeless(grade(arena.assignment, arena.server, data, id="a", file="a.ipynb", cache=cache))


@pytest.mark.parametrize("seed", range(2))
def test_a_report_is_the_same_in_every_class_and_every_order(arena: Arena, seed: int) -> None:
    rng = random.Random(seed)
    known = [*dict.fromkeys(member(rng) for _ in range(12))]
    alone = {data: graded(arena, data) for data in known}
    cache = ScoreCache()
    for data in rng.choices(known, k=3 * len(known)):
        assert graded(arena, data, cache) == alone[data]


@pytest.mark.parametrize("attack", names(["interference", "determinism"]))
def test_who_comes_after_an_attack_is_graded_as_if_alone(arena: Arena, attack: str) -> None:
    cache, data = ScoreCache(), notebook(right(), source(attack))
    first = graded(arena, notebook(right()))
    for _ in range(2):
        graded(arena, data, cache)
    for _ in range(6):  # each function is ahead of the others once
        assert graded(arena, notebook(right()), cache) == first


def test_jobs_the_cache_and_two_runs_into_one_folder_make_no_difference(tmp_path: Path) -> None:
    rng = random.Random(3)
    (tmp_path / "in").mkdir()
    for number in range(16):
        (tmp_path / "in" / f"s{number:02}.ipynb").write_bytes(member(rng))
    handed = find([tmp_path / "in"])
    seen = set()
    for jobs, remember, runs in itertools.chain([(1, False, 1)], [(1, True, 2), (2, True, 2)]):
        out = tmp_path / f"{jobs} {remember}"
        order = Order(COURSE, "tiny", "a seed", isolation="weak", remember=remember, timeout=1.0)
        with Grader(order) as grader:
            for run in range(runs):
                some = handed[: 14 if run < runs - 1 else None]
                grade_into(out, grader, order, some, jobs, lambda work, _: (one for one in work))
        seen.add(json.dumps(json.loads((out / "results.json").read_bytes(), object_pairs_hook=_untimed)))
    assert len(seen) == 1


def _untimed(pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [pair for pair in pairs if pair[0] != "seconds"]
