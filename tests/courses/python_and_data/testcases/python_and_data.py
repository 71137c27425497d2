"""Texts, numbers and tables; how closures, generators and printed lines are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from grader.testcase import exercise, unordered, variable

Cases = Iterator[dict[str, Any]]

WORDS = ("stone", "notes", "Onset", "it's", "we'll", "tones", "cat", "act", "dog", "god", "tea", "eat", "owl")
MARKS = (" ", ", ", ". ", " - ", "... ", "; ", "\n")
REGIONS = ("north", "south", "east", "west", "centre")


@exercise(points=2)
def tokenize(rng: np.random.Generator) -> Cases:
    """Words with marks between them; then marks alone."""
    for n in (5, 8, 3, 12):
        yield {
            "text": "".join(
                f"{w}{m}" for w, m in zip(rng.choice(WORDS, n), rng.choice(MARKS, n), strict=True)
            )
        }
    yield {"text": "'quoted' ... 42"}
    yield {"text": ""}


@exercise(points=2)
def centre(rng: np.random.Generator) -> Cases:
    """Arrays of one axis and of two."""
    for shape in ((5,), (2, 3), (7,), (4, 2)):
        yield {"x": rng.uniform(1, 9, shape)}


@centre.drive
def _(student: Any, x: Any) -> Any:
    student.centre(x)
    return x


@exercise(points=2, raises=ValueError)
def fraction(rng: np.random.Generator) -> Cases:
    """Fractions, and what is none."""
    for no_fraction in ("1/0", "3", "a/b", "1/2/3", "/4"):
        p, q = rng.integers(-20, 20), rng.integers(1, 20)
        yield {"text": f"{p}/{q}"}
        yield {"text": no_fraction}
    yield {"text": f" {rng.integers(1, 9)} / -7"}


@exercise(points=2)
def account(rng: np.random.Generator) -> Cases:
    """Amounts, some of which are too much."""
    yield {"balance": 5, "amounts": [-5, -1, 2, 4]}
    yield {"balance": int(rng.integers(5, 20)), "amounts": [-30, 7, -3, 40, -1, 2]}
    for n in (4, 6, 3):
        yield {"balance": int(rng.integers(5, 20)), "amounts": rng.integers(-15, 12, n).tolist()}


@account.drive
def _(student: Any, balance: Any, amounts: Any) -> Any:
    pay, other = student.account(balance), student.account(1000)
    balances = []
    for amount in amounts:
        balances.append(pay(amount))
        other(1)
    return balances


@exercise(points=2)
def derivative(rng: np.random.Generator) -> Cases:
    """Polynomials, with the default step and with large ones."""
    for n, h in ((4, None), (5, 0.5), (6, 0.25), (4, None)):
        yield {"coefficients": rng.uniform(-2, 2, n), "x": float(rng.uniform(-1, 1)), "h": h}


@derivative.drive
def _(student: Any, coefficients: Any, x: Any, h: Any) -> Any:
    def f(t: Any) -> Any:
        return np.polyval(coefficients, t)

    slope = student.derivative(f, x) if h is None else student.derivative(f, x, h=h)
    return slope


@exercise(points=2)
def collatz(rng: np.random.Generator) -> Cases:
    """Some numbers of a sequence without end."""
    for first, count in ((40, 6), (5, 9), (50, 1), (40, 14)):
        yield {"n": int(rng.integers(3, first)), "count": count}


@collatz.drive
def _(student: Any, n: Any, count: Any) -> Any:
    numbers = list(islice(student.collatz(n), count))
    return numbers


@exercise(points=2)
def anagrams(rng: np.random.Generator) -> Cases:
    """Some words, of which some occur twice."""
    for n in (6, 9, 4, 12):
        yield {"words": [str(word) for word in rng.choice(WORDS, n)]}
    yield {"words": ["cat", "cat", "dog"]}


@exercise(points=2)
def summarize(rng: np.random.Generator) -> Cases:
    """Lists of different lengths."""
    for n in (4, 6, 2, 9):
        yield {"numbers": rng.normal(5, 2, n).tolist()}


@exercise(points=2)
def bill(rng: np.random.Generator) -> Cases:
    """Some items; then none."""
    for n in (2, 4, 1, 5):
        yield {"items": [(str(w).lower(), float(rng.integers(50, 2000)) / 100) for w in rng.choice(WORDS, n)]}
    yield {"items": []}


@bill.drive
def _(student: Any, items: Any) -> Any:
    student.bill(items)
    lines = student.printed().splitlines()
    return lines


@exercise(points=3)
def by_region(rng: np.random.Generator) -> Cases:
    """Sales of some regions."""
    for n in (6, 9, 3, 14):
        yield {
            "sales": pd.DataFrame(
                {"region": rng.choice(REGIONS, n), "amount": rng.uniform(1, 99, n).round(2)}
            )
        }


@variable(points=1)
def total_rain() -> None:
    """A sum."""


@variable(points=1)
def wettest() -> None:
    """A name."""


@variable(points=2, compare=unordered())
def dry_months() -> None:
    """Some names."""


SIGNED_OFF = {
    "collatz": {
        "`/` instead of `//` in `n // 2`": "8.0 counts as 8.",
    },
    "summarize": {
        "`mean - x` instead of `x - mean`": "It is squared.",
    },
    "dry_months": {
        "`mm <= limit` instead of `mm < limit`": "No month is at the limit.",
    },
}
