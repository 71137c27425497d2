"""Every attack does what the first line of its file says, and nothing else."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Callable, Mapping

import pytest

from .arena import ACHIEVING, LEVELS, OTHERS, PLANTED, Arena, Bout, names, planted_with, source

GRADED = frozenset({"double", "norm", "quadruple", "tag"})
POINTS = 10.0
PATIENCE = 8.0
"""Seconds that no attack may take: each of four functions may be late twice, at half a second."""

PROMISE = re.compile(
    r"(?P<who>[a-z]+(?: and [a-z]+)*|Nothing|Every function) "
    r"(?P<what>earns? nothing, nor may others|earns? nothing|is earned|keeps its points)"
    r"(?: \((?P<how>\w+)\))?: ."
)


Bouts = Callable[[str], Bout]
"""From the name of an attack to what became of it."""


@pytest.fixture(params=[*LEVELS, "full, as an ordinary user"], scope="session")
def bouts(request: pytest.FixtureRequest, arena_at: Callable[[str], Arena]) -> Bouts:
    """What became of each attack, at each level and as an ordinary user."""
    if request.param in LEVELS:
        return arena_at(request.param).bout
    of_a_user: Mapping[str, Bout] = request.getfixturevalue("bouts_of_a_user")
    return of_a_user.__getitem__


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


@pytest.mark.parametrize("attack", names())
def test_the_points_are_what_the_first_line_says(bouts: Bouts, attack: str) -> None:
    promised = promise(attack)
    scores = bouts(attack).scores
    lost = {name for name, (points, _, _) in scores.items() if points == 0}
    if "nor may others" in promised["what"]:
        assert lost >= losing(promised)
    else:
        assert lost == losing(promised)
    for name in losing(promised) if promised["how"] else ():
        assert promised["how"] in scores[name][1:]


@pytest.mark.parametrize("attack", names())
def test_what_is_planted_in_hidden_inputs_is_shown_to_nobody(bouts: Bouts, attack: str) -> None:
    shown = bouts(attack).shown.lower()
    assert [trace for secret in PLANTED for trace in traces(secret) if trace in shown] == []


@pytest.mark.parametrize("attack", names())
def test_the_time_of_an_attack_is_bounded(bouts: Bouts, attack: str) -> None:
    assert bouts(attack).seconds < PATIENCE


@pytest.mark.parametrize("attack", names())
def test_the_next_submission_scores_as_if_alone(bouts: Bouts, attack: str) -> None:
    assert bouts(attack).next_points == POINTS * len(GRADED)


@pytest.mark.parametrize("attack", names(ACHIEVING))
def test_no_attack_gets_what_it_wants(bouts: Bouts, attack: str) -> None:
    assert [text for text in bouts(attack).returned if text.startswith("achieved")] == []


@pytest.mark.parametrize("attack", names())
def test_what_is_shown_is_text(bouts: Bouts, attack: str) -> None:
    shown = bouts(attack).shown
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


def traces(secret: str) -> list[str]:
    """How a planted text may appear when somebody tries to hide it, in small letters."""
    data = secret.encode()
    plain = [secret, secret[::-1], " ".join(secret), str(list(data))]
    numbers = [str(int.from_bytes(data, order)) for order in ("big", "little")]
    return [
        text.lower() for text in (*plain, *numbers, data.hex(), base64.b64encode(data).decode().rstrip("="))
    ]
