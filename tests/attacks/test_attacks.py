"""Every attack does what the first line of its file says, and nothing else."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Callable, Iterator

import pytest

from grader.comparison.verdict import Verdict

from .arena import (
    ACHIEVING,
    LEVELS,
    OTHERS,
    PLANTED,
    PROGRAMS,
    Arena,
    Bout,
    names,
    planted_with,
    right,
    source,
)

GRADED = frozenset({"double", "norm", "quadruple", "tag"})
POINTS = 10.0
AS_A_USER = "full, as an ordinary user"
PATIENCE = 40.0
"""Seconds that no attack may take: each of four functions may be late twice, on a machine that is busy."""

MARKUP = re.compile(r"<script|<img|<style>\*|</p></article><article", re.IGNORECASE)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2066\ud800-\udfff]")

PROMISE = re.compile(
    r"(?P<who>[a-z]+(?: and [a-z]+)*|Nothing|Every function) "
    r"(?P<what>earns? nothing, nor may others|earns? nothing|is earned|keeps its points)"
    r"(?: \((?P<how>\w+)\))?: ."
)


AT = {**dict.fromkeys((*LEVELS, AS_A_USER), ACHIEVING), "full": PROGRAMS}
"""Level -> the groups that are tried there: what layers have no part in is tried once."""


def group(level: str, attack: str) -> str:
    """What one worker runs: all bouts of the ordinary user, who fights them in one go, else a few."""
    return level if level == AS_A_USER else f"{level}: {attack.partition('/')[0]}"


PAIRS = [
    pytest.param(level, attack, id=f"{level}: {attack}", marks=pytest.mark.xdist_group(group(level, attack)))
    for level, groups in AT.items()
    for attack in names(groups)
]


@pytest.mark.parametrize(("level", "attack"), PAIRS)
def test_an_attack_does_what_its_first_line_says_and_nothing_else(
    level: str, attack: str, request: pytest.FixtureRequest, arena_at: Callable[[str], Arena]
) -> None:
    if level == AS_A_USER:
        bout: Bout = request.getfixturevalue("bouts_of_a_user")[attack]
    else:
        bout = arena_at(level).bout(attack)
    assert list(violations(promise(attack), bout)) == []


def violations(promised: re.Match[str], bout: Bout) -> Iterator[str]:
    """What became of an attack that must not, in sentences."""
    lost = {name for name, (points, _, _) in bout.scores.items() if points == 0}
    loses = losing(promised)
    if not (loses <= lost if "nor may others" in promised["what"] else loses == lost):
        yield f"no points for {lost}, but not for {loses} by its first line"
    if any(points not in {0, POINTS} for points, _, _ in bout.scores.values()):
        yield "there are points between none and all"
    for name in loses if promised["how"] else ():
        if promised["how"] not in bout.scores[name][1:]:
            yield f"{name} is {bout.scores[name]}, not {promised['how']}"
    if bout.seconds > PATIENCE:
        yield f"it took {bout.seconds:.1f} seconds"
    if bout.next_points != POINTS * len(GRADED):
        yield f"the next submission has {bout.next_points} points and is right"
    yield from (f"it has {text}" for text in bout.returned if text.startswith("achieved"))
    yield from slips(bout.shown)


def slips(shown: str) -> Iterator[str]:
    """What stands in pages, files or the terminal and must not."""
    for secret in PLANTED:
        if any(trace in shown.lower() for trace in traces(secret)):
            yield f"{secret} is planted in hidden inputs and shown"
    if MARKUP.search(shown.partition("</html>")[0]):
        yield "its markup is in the page"
    if found := UNSEEN.search(shown):
        yield f"{found[0]!r} is shown"


def promise(attack: str) -> re.Match[str]:
    """The first line of an attack, taken apart."""
    text = ast.get_docstring(ast.parse(source(attack))) or ""
    promised = PROMISE.match(text)
    assert promised, f"the first line of {attack} says nothing that can be tested: {text}"
    return promised


def losing(promised: re.Match[str]) -> frozenset[str]:
    """The functions that must earn nothing."""
    match promised["who"], promised["what"]:
        case "Nothing", "is earned":
            return GRADED
        case "Every function", "keeps its points":
            return frozenset()
        case who, _:
            return frozenset(who.split(" and "))


@pytest.fixture(scope="session")
def arenas(arena_at: Callable[[str], Arena], tmp_path_factory: pytest.TempPathFactory) -> list[Arena]:
    """One sandbox, with this and with that in the hidden inputs."""
    ours = arena_at("full")
    return [ours, Arena(ours.server, planted_with(tmp_path_factory.mktemp("course"), OTHERS))]


@pytest.mark.parametrize("attack", names(["theft"]))
def test_what_is_shown_does_not_depend_on_what_is_planted(arenas: list[Arena], attack: str) -> None:
    ours, other = (re.sub("[0-9a-f]{64}", "", each.shown(each.attack(attack))) for each in arenas)
    assert ours.splitlines() == other.splitlines()


def test_what_is_right_in_every_other_process_is_not_deterministic(arena_at: Callable[[str], Arena]) -> None:
    arena = arena_at("full")
    verdicts = set()
    for _ in range(4):
        report = arena.attack("determinism/process_number")
        verdicts |= {score.verdict for score in report.exercises if score.name == "norm"}
        arena.grade(right())  # takes the number of one process, so that odd ones follow even ones
    assert Verdict.PASSED not in verdicts
    assert Verdict.NOT_DETERMINISTIC in verdicts


def traces(secret: str) -> list[str]:
    """How a planted text may appear when somebody tries to hide it, in small letters."""
    data = secret.encode()
    plain = [secret, secret[::-1], " ".join(secret), str(list(data))]
    numbers = [str(int.from_bytes(data, order)) for order in ("big", "little")]
    return [
        text.lower() for text in (*plain, *numbers, data.hex(), base64.b64encode(data).decode().rstrip("="))
    ]
