"""Every attack does what the first line of its file says, and nothing else."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest

from grader.verdict import Verdict

from .arena import (
    ACHIEVING,
    ACHIEVING_OR_EXHAUSTING,
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
PATIENCE = 10.0
"""Seconds that no attack may take: each of four functions may be late twice, at half a second."""

PROMISE = re.compile(
    r"(?P<who>[a-z]+(?: and [a-z]+)*|Nothing|Every function) "
    r"(?P<what>earns? nothing, nor may others|earns? nothing|is earned|keeps its points)"
    r"(?: \((?P<how>\w+)\))?: ."
)


AT = {
    **dict.fromkeys(LEVELS, ACHIEVING),
    "full": PROGRAMS,
    AS_A_USER: ACHIEVING_OR_EXHAUSTING,
}
"""Level -> the groups that are tried there: what layers have no part in is tried once."""

PAIRS = [
    pytest.param((level, attack), id=f"{level}: {attack}", marks=pytest.mark.xdist_group(level))
    for level, groups in AT.items()
    for attack in names(groups)
]
every_bout = pytest.mark.parametrize("bout", PAIRS, indirect=True)


@dataclass(frozen=True)
class Fought:
    """An attack, what its first line promises, and what became of it."""

    attack: str
    promised: re.Match[str]
    outcome: Bout


@pytest.fixture
def bout(request: pytest.FixtureRequest, arena_at: Callable[[str], Arena]) -> Fought:
    """What became of an attack at a level."""
    level, attack = request.param
    if level == AS_A_USER:
        of_a_user: Mapping[str, Bout] = request.getfixturevalue("bouts_of_a_user")
        return Fought(attack, promise(attack), of_a_user[attack])
    return Fought(attack, promise(attack), arena_at(level).bout(attack))


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


@every_bout
def test_the_points_are_what_the_first_line_says(bout: Fought) -> None:
    scores, promised = bout.outcome.scores, bout.promised
    lost = {name for name, (points, _, _) in scores.items() if points == 0}
    assert {name: score for name, score in scores.items() if score[0] not in {0, POINTS}} == {}
    if "nor may others" in promised["what"]:
        assert lost >= losing(promised)
    else:
        assert lost == losing(promised)
    for name in losing(promised) if promised["how"] else ():
        assert promised["how"] in scores[name][1:]


@every_bout
def test_what_is_planted_in_hidden_inputs_is_shown_to_nobody(bout: Fought) -> None:
    shown = bout.outcome.shown.lower()
    assert [trace for secret in PLANTED for trace in traces(secret) if trace in shown] == []


@every_bout
def test_the_time_of_an_attack_is_bounded(bout: Fought) -> None:
    assert bout.outcome.seconds < PATIENCE


@every_bout
def test_the_next_submission_scores_as_if_alone(bout: Fought) -> None:
    assert bout.outcome.next_points == POINTS * len(GRADED)


@every_bout
def test_no_attack_gets_what_it_wants(bout: Fought) -> None:
    assert [text for text in bout.outcome.returned if text.startswith("achieved")] == []


@every_bout
def test_what_is_shown_is_text(bout: Fought) -> None:
    shown = bout.outcome.shown
    page = shown.partition("</html>")[0]
    assert not re.search(r"<script|<img|<style>\*|</p></article><article", page, re.IGNORECASE)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e\u2066\ud800-\udfff]", shown)


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
