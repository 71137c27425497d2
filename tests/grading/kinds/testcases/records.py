"""Calls with every kind of value that needs no pandas."""

from collections import namedtuple
from dataclasses import dataclass

import numpy as np

from grader.testcase import exercise

Point = namedtuple("Point", "x y")


@dataclass
class Box:
    width: float
    height: float


LETTERS = list("abcdefghijklmnopqrstuvwxyz")


@exercise(points=10)
def vowels(rng):
    for n in (3, 8, 20, 40):
        yield {"text": "".join(rng.choice(LETTERS, n))}


@exercise(points=10)
def middle(rng):
    for n in (1, 2, 5, 7):
        yield {"points": [Point(float(x), float(y)) for x, y in rng.normal(size=(n, 2))]}


@exercise(points=10)
def grow(rng):
    for _ in range(4):
        yield {"box": Box(*rng.uniform(1, 5, 2)), "by": float(rng.uniform(1, 3))}


@exercise(points=10)
def pairs(rng):
    for n in (3, 5, 9, 12):
        yield {"words": [str(w) for w in rng.choice(["a", "b", "c"], n)]}


@exercise(points=10)
def rows(rng):
    for n in rng.integers(3, 30, 4):
        yield {"n": int(n)}


@exercise(points=10)
def fit(rng):
    for n in (5, 7, 9, 12):
        yield {"x": rng.normal(size=n), "y": rng.normal(size=n)}


@exercise(points=10)
def mondays(rng):
    for n in (1, 4, 6, 9):
        yield {"days": np.datetime64("2024-01-01") + rng.integers(0, 500, n).astype("timedelta64[D]")}


@exercise(points=10)
def shout(rng):
    for n in (2, 3, 5, 6):
        yield {"words": rng.choice(["apple", "pear", "fig", "quince"], n)}
