"""The place of the smallest change that makes a wrong function right, found by trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.comparison.verdict import Verdict
from grader.grading.pipeline import repairs
from grader.grading.repair import place_of
from grader.models.assignment import Assignment
from grader.models.report import Level, Repair
from grader.repair import Candidate
from grader.sandbox.fork_server import ForkServer

CASES = Path(__file__).parents[3] / "shared" / "cases" / "learner"

Search = Callable[..., Mapping[str, Repair | None]]

HEAD = "import copy\n\nimport numpy as np"

BACKWARD = """
def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db
""".strip()

UPDATE = """
def update_parameters(params, grads, learning_rate):
    new = copy.deepcopy(params)
    for l in range(1, len(new) // 2 + 1):
        new["W" + str(l)] -= learning_rate * grads["dW" + str(l)]
        new["b" + str(l)] -= learning_rate * grads["db" + str(l)]
    return new
""".strip()


@pytest.fixture(scope="session")
def search(assignment: Assignment, sandbox: ForkServer, notebook: Callable[..., bytes]) -> Search:
    """A function from the source of a function, or the bytes of a notebook, to the repairs."""

    def found(source: str | bytes, *names: str, level: Level = "kind") -> Mapping[str, Repair | None]:
        data = source if isinstance(source, bytes) else notebook(HEAD, source)
        return repairs(assignment, sandbox, data, functions=names, level=level, file="a.ipynb")

    return found


MISTAKES = {
    "the number of examples is taken from the rows": (
        BACKWARD,
        "shape[1]",
        "shape[0]",
        (3, 3),
        "the index of `A_prev.shape`",
    ),
    "the mean is over another size": (BACKWARD, "A_prev.T) / m", "A_prev.T) / len(A_prev)", (4, 4), ""),
    "an axis is lost": (BACKWARD, ", keepdims=True", "", (5, 5), "`keepdims` of `np.sum(dZ, axis=1)`"),
    "a product is element by element": (BACKWARD, "np.dot(W.T", "np.multiply(W.T", (6, 6), ""),
    "an old assertion is in the way": (
        BACKWARD,
        "    return",
        "    assert isinstance(db, float)\n    return",
        (7, 7),
        "this `assert`",
    ),
    "the key of another dictionary": (UPDATE, 'grads["dW"', 'grads["W"', (4, 4), "the key of `grads`"),
    "the last layer stays": (UPDATE, " // 2 + 1", " // 2", (3, 3), ""),
    "it returns within the loop": (
        UPDATE,
        "    return",
        "        return",
        (6, 6),
        "`return new` stands one level too deep",
    ),
    "the return is missing": (
        UPDATE,
        "\n    return new",
        "",
        (3, 5),
        "a statement is missing after this line",
    ),
    "the loop does something else": (
        UPDATE,
        UPDATE.split("\n", 3)[3].rsplit("\n", 1)[0],
        "        l = 2 * l",
        (3, 4),
        "",
    ),
}


@pytest.mark.parametrize(("right", "here", "wrong", "lines", "says"), MISTAKES.values(), ids=MISTAKES)
def test_the_place_of_a_mistake_is_found(
    search: Search, right: str, here: str, wrong: str, lines: tuple[int, int], says: str
) -> None:
    source = right.replace(here, wrong, 1)
    name = source[4 : source.index("(")]
    found = search(source, name)[name]
    assert found is not None
    assert lines[0] <= found.lines[0] <= found.lines[1] <= lines[1]
    assert found.says == says or not says


def test_the_level_says_how_much_is_told(search: Search) -> None:
    source = BACKWARD.replace("shape[1]", "shape[0]")
    told = {level: search(source, "linear_backward", level=level)["linear_backward"] for level in LEVELS}
    assert {level: found and found.says for level, found in told.items()} == {
        "none": None,
        "place": "",
        "kind": "the index of `A_prev.shape`",
        "edit": "the index of `A_prev.shape`: `A_prev.shape[1]` instead of `A_prev.shape[0]`",
    }
    assert {found.lines for found in told.values() if found} == {(3, 3)}


LEVELS: tuple[Level, ...] = ("none", "place", "kind", "edit")


def test_no_level_shows_a_word_of_the_solution(search: Search) -> None:
    source = UPDATE.replace('new["W" + str(l)] -= learning_rate * grads["dW" + str(l)]', 'new["W1"] = None')
    for level in LEVELS:
        found = search(source, "update_parameters", level=level)["update_parameters"]
        assert "learning_rate" not in (found.says if found else "")


def test_mistakes_in_two_places_have_no_one_place(search: Search) -> None:
    source = BACKWARD.replace("A_prev, W, b =", "W, A_prev, b =").replace(
        "dA_prev, dW, db", "dW, db, dA_prev"
    )
    assert search(source, "linear_backward") == {"linear_backward": None}


def test_what_is_right_or_not_written_is_not_searched(search: Search) -> None:
    assert search(BACKWARD, "linear_backward", "update_parameters") == {
        "linear_backward": None,
        "update_parameters": None,
    }


def test_endless_candidates_are_given_up(search: Search) -> None:
    source = UPDATE.replace(
        "    return", "    while len(new) < 0:\n        pass\n    new.clear()\n    return"
    )
    assert search(source, "update_parameters").keys() == {"update_parameters"}


# ---------------------------------------------------------------- one place of many changes


def changed(first: int, last: int, size: int = 1, says: str = "this") -> Candidate:
    return Candidate("", (first, last), says, "", size)


SOURCE = "\n".join(["def f():", *["    # a comment"] * 8, *["    x = 1"] * 8])

PLACES = {
    "no change": ([], None),
    "one change": ([changed(3, 3)], ((3, 3), "this")),
    "the same place in two ways": ([changed(3, 3), changed(3, 3, says="that")], ((3, 3), "")),
    "places side by side": ([changed(10, 10), changed(12, 12)], ((10, 12), "this")),
    "places with only comments between": ([changed(2, 2), changed(9, 9)], ((2, 9), "this")),
    "places far apart": ([changed(10, 10), changed(17, 17)], None),
    "a smaller change counts alone": ([changed(10, 10), changed(17, 17, size=2)], ((10, 10), "this")),
    "a shorter place counts alone": ([changed(10, 10), changed(10, 17)], ((10, 10), "this")),
}


@pytest.mark.parametrize(("found", "place"), PLACES.values(), ids=PLACES)
def test_a_place_is_told_if_all_smallest_changes_stand_there(
    found: list[Candidate], place: tuple[tuple[int, int], str] | None
) -> None:
    repair = place_of(found, SOURCE, "kind")
    assert (repair and (repair.lines, repair.says)) == place


# ---------------------------------------------------------------- learners


def places() -> dict[str, tuple[str, int, int]]:
    """The learners' notebooks: the function that is wrong, and the lines of it in which the fault is."""
    table = (Path(__file__).parent / "learners.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in table.splitlines() if line and not line.startswith("#")]
    return {f"{name} {function}": (function, int(first), int(last)) for name, function, first, last in rows}


@pytest.mark.parametrize("case", places())
def test_the_place_of_a_learners_mistake_is_found(search: Search, case: str) -> None:
    path = CASES / f"{case.partition(' ')[0]}.ipynb"
    if not path.exists():
        pytest.skip(f"{path} is not here")
    function, first, last = places()[case]
    found = search(path.read_bytes(), function)[function]
    assert found is not None
    assert first <= found.lines[0] <= found.lines[1] <= last


def test_the_verdicts_that_are_searched_are_those_of_written_wrong_functions() -> None:
    from grader.grading.repair import SEARCHED

    assert Verdict.WRONG_VALUE in SEARCHED
    assert not SEARCHED & {Verdict.PASSED, Verdict.NOT_ATTEMPTED, Verdict.TO_BE_MARKED}
