"""What may do otherwise in another process is run in two; what cannot is run in one, but for a few."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

import pytest

from grader.grading.nondeterminism import ONE_IN, depends_on_chance, is_drawn
from grader.models.execution import Statement
from grader.models.submission import Part

SOLUTIONS = Path(__file__).parents[2] / "solutions"


def chance(source: str) -> bool:
    return depends_on_chance(Part((Statement(1, 1, source),)))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("np.random.default_rng().random()", id="entropy"),
        pytest.param("draw = np.random.RandomState", id="a generator, seeded who knows how"),
        pytest.param("np.random.RandomState(n)", id="a seed that may be anything"),
        pytest.param("np.random.seed(None)", id="seeded anew"),
        pytest.param("np.random.seed()", id="seeded anew, in other words"),
        pytest.param("again = np.random.seed", id="seeded later"),
        pytest.param("np.random.Generator(np.random.PCG64())", id="a generator in parts"),
        pytest.param("time.time_ns() % 2", id="a clock"),
        pytest.param("from time import time_ns", id="a clock without its module"),
        pytest.param("from time import time_ns as t", id="a clock by another name"),
        pytest.param("from os import urandom as u", id="entropy by another name"),
        pytest.param("import numpy as np, time as t", id="a module by another name"),
        pytest.param("x = ｔｉｍｅ.ｔｉｍｅ_ｎｓ()", id="full-width letters"),
        pytest.param("x = 𝒾𝒹(A)", id="mathematical letters"),
        pytest.param("getattr(np.random, 'default_' + 'rng')()", id="an attribute by its text"),
        pytest.param("vars(np.random)['default_' + 'rng']()", id="a dictionary of attributes"),
        pytest.param("np.random.__dict__['default_' + 'rng']()", id="underscores"),
        pytest.param("np.lib.npyio.os", id="a module inside another"),
        pytest.param("eval('i' + 'd')(A)", id="a program in a text"),
        pytest.param("address = id(A) % 32", id="an address"),
        pytest.param("key = lambda x, h=hash: h(x)", id="a hash"),
        pytest.param("A.ctypes.data", id="the address of an array"),
        pytest.param("out = np.empty(3)", id="memory as it was left"),
        pytest.param("class C:\n    def __del__(self): ...", id="what the collector does when it pleases"),
        pytest.param("x = 1" + " + 1" * 6000 + "; import time", id="too long to be read closely"),
        pytest.param("%%writefile a.py\nimport time", id="a module that the notebook writes"),
    ],
)
def test_what_may_do_otherwise_in_another_process_depends_on_chance(source: str) -> None:
    assert chance(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("np.random.RandomState(1).randn(2)", id="a generator with a number for its seed"),
        pytest.param("np.random.default_rng(seed=3)", id="a generator with a number, by keyword"),
        pytest.param("np.random.seed(3)", id="the generator of the call"),
        pytest.param("np.random.randn(2)", id="drawn with the seed of the call"),
        pytest.param(
            "def f(seed):\n    'One at a time, hash or id.'\n    return seed  # os.urandom", id="words"
        ),
        pytest.param("x = {'time': 1}['time']", id="a key"),
        pytest.param("class C:\n    def __init__(self, x):\n        self.x = x", id="a class"),
    ],
)
def test_what_only_sounds_like_it_does_not(source: str) -> None:
    assert not chance(source)


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*.py")), ids=lambda path: path.stem)
def test_no_solution_of_ours_depends_on_chance(path: Path) -> None:
    functions = path.read_text(encoding="utf-8").split("# %%")
    assert [text for text in functions if "GRADED FUNCTION" in text and chance(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("seed(" + " " * 240_000, id="blanks"),
        pytest.param("seed(" * 48_000, id="brackets"),
        pytest.param("a." * 120_000, id="dots"),
        pytest.param("_" * 240_000, id="underscores"),
        pytest.param("é" * 120_000 + " time", id="letters that are not ASCII"),
    ],
)
def test_a_long_text_is_read_once(text: str) -> None:
    start = time.perf_counter()
    chance(text)
    assert time.perf_counter() - start < 1


def test_a_few_are_drawn_by_the_secret_and_the_program_alone() -> None:
    programs = [hashlib.sha256(bytes([i, j])).hexdigest() for i in range(64) for j in range(256)]
    drawn = [sha256 for sha256 in programs if is_drawn("a secret", "norm", sha256)]
    assert len(programs) / ONE_IN / 2 < len(drawn) < len(programs) / ONE_IN * 2
    assert drawn == [sha256 for sha256 in reversed(programs) if is_drawn("a secret", "norm", sha256)][::-1]
    assert set(drawn).isdisjoint(s for s in programs if is_drawn("another", "norm", s)) or len(drawn) > 30
    assert not any(is_drawn("", "norm", sha256) for sha256 in programs)
