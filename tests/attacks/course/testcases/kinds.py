"""How each kind of item is called. The hidden inputs hold a text and a number that nobody may ever see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from grader.testcase import exercise, variable

PLANTED_TEXT = "marzipan-owl"
PLANTED_NUMBER = 5.318008


def arrays(rng: np.random.Generator) -> Iterator[np.ndarray]:
    """Arrays, the last two with a secret."""
    yield from (rng.standard_normal(shape) for shape in ((3, 4), (2, 3), (5, 2)))
    for shape in ((4, 3), (3, 6)):
        secret = rng.standard_normal(shape)
        secret[0, 1] = PLANTED_NUMBER
        yield secret


def plain(value: Any) -> Any:
    """An array of floats; what a submission may want to replace."""
    return np.asarray(value, float)


@exercise(name="Model.fit")
def fit(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays."""
    yield from ({"X": X} for X in arrays(rng))


@fit.drive
def _(student: Any, X: Any) -> Any:
    model = student.Model()
    model.fit(X)
    return plain(model.mean)


@exercise(name="Model.predict")
def predict(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays."""
    yield from ({"X": X} for X in arrays(rng))


@predict.drive
def _(student: Any, X: Any) -> Any:
    model = student.Model()
    model.fit(X)
    return model.predict(X + 1)


@exercise(name="Model.score")
def score(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays."""
    yield from ({"X": X} for X in arrays(rng))


@score.drive
def _(student: Any, X: Any) -> Any:
    model = student.Model()
    model.fit(X)
    return model.score(X + 1)


@exercise()
def reverse(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Arrays."""
    yield from ({"x": x} for x in arrays(rng))


@reverse.drive
def _(student: Any, x: Any) -> Any:
    student.reverse(x)
    return [plain(row) for row in x]


@exercise()
def greet(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Names; the hidden ones are a secret."""
    for i in range(5):
        yield {"name": f"student {rng.integers(100)}" if i < 3 else f"{PLANTED_TEXT} {i}"}


@greet.drive
def _(student: Any, name: Any) -> Any:
    student.greet(name)
    return student.printed()


@exercise()
def ask(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Numbers."""
    yield from ({"n": int(n)} for n in rng.permutation(100)[:5])


@ask.drive
def _(student: Any, n: Any) -> Any:
    student.feed(str(n))
    return student.ask(), len(student.printed())


@exercise(raises=ValueError)
def root(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Numbers of both signs."""
    yield from ({"x": x} for x in (2.25, -1.0, PLANTED_NUMBER, -PLANTED_NUMBER, rng.uniform(1, 9)))


@exercise()
def direction(rng: np.random.Generator) -> Iterator[dict[str, Any]]:
    """Symmetric matrices."""
    for n in (2, 3, 4, 5):
        B = rng.standard_normal((n, n))
        yield {"A": B + B.T}


@direction.judge
def _(_case: Mapping[str, Any], expected: Any, answer: Any) -> str | None:
    fits = abs(abs(float(expected @ answer)) - 1) < 1e-6 and abs(float(answer @ answer) - 1) < 1e-6
    return None if fits else "It is no such eigenvector."


@variable()
def total() -> None:
    """A sum."""


@variable()
def largest() -> None:
    """The largest number, in a dictionary."""
