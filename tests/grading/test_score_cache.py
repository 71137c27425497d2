"""Scores are kept by the keys of programs, in bounded memory, and found at the place of whoever asks."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from samples import GRADED

from grader.grading import score_cache
from grader.grading.program_keys import Keys, own_text
from grader.grading.score_cache import LARGEST, ScoreCache
from grader.models.execution import Statement
from grader.models.report import Score
from grader.models.submission import Found, State
from grader.results.codec import pack_score

SCORE = dataclasses.replace(GRADED.exercises[0], cell=2, line=3, source="mine", source_cell=2, first_line=3)
THEIRS = Found(State.WRITTEN, 7, 1, "theirs")


def keys(source: str, cell: int = 1) -> Keys:
    statements = [Statement(cell, 1, source)]
    return Keys(statements, None, own_text(statements))


def test_a_score_is_found_at_the_place_of_who_asks() -> None:
    cache = ScoreCache()
    cache.keep(keys("x = 1"), SCORE, placed=False)
    found = cache.find(keys("x = 1  # one", 5), THEIRS, "digest")
    assert found is not None
    assert (found.cell, found.line, found.source_cell, found.first_line) == (7, 1, 7, 1)
    assert (found.source, found.program_sha256) == ("theirs", "digest")
    assert (found.message, found.points, found.cases) == (SCORE.message, SCORE.points, SCORE.cases)


def test_a_score_that_names_a_place_holds_for_that_place_alone() -> None:
    cache = ScoreCache()
    cache.keep(keys("x = 1"), dataclasses.replace(SCORE, cell=4, line=9), placed=True)
    assert cache.find(keys("x = 1  # one"), THEIRS, "") is None
    assert cache.find(keys("x = 1", 2), THEIRS, "") is None
    found = cache.find(keys("x = 1"), THEIRS, "")
    assert found is not None
    assert (found.cell, found.line) == (4, 9)


def test_what_was_asked_for_last_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_cache, "MOST", 2)
    cache = ScoreCache()
    for source in ("a", "b"):
        cache.keep(keys(source), SCORE, placed=False)
    assert cache.find(keys("a"), THEIRS, "")
    cache.keep(keys("c"), SCORE, placed=False)
    assert [bool(cache.find(keys(source), THEIRS, "")) for source in "abc"] == [True, False, True]


def test_a_large_score_is_not_kept() -> None:
    cache = ScoreCache()
    cache.keep(keys("a"), dataclasses.replace(SCORE, message="x" * LARGEST), placed=False)
    assert cache.find(keys("a"), THEIRS, "") is None


def test_a_score_of_a_long_program_is_not_kept() -> None:
    cache = ScoreCache()
    cache.keep(keys(f"a = {'1 + ' * LARGEST}1"), SCORE, placed=False)
    assert cache.find(keys(f"a = {'1 + ' * LARGEST}1"), THEIRS, "") is None


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        pytest.param("x = 'a  # b'", "x = 'a  # c'", id="what only looks like a comment"),
        pytest.param("x = 'a b'", "x = 'ab'", id="blanks in a text"),
        pytest.param("x = '''a'''", "x = '''b'''", id="a text of several lines"),
        pytest.param("if x:\n    a\n    b", "if x:\n    a\nb", id="another indentation"),
    ],
)
def test_nearly_the_same_text_is_another_program(kept: str, asked: str) -> None:
    assert keys(kept).loose == keys(asked).loose
    cache = ScoreCache()
    cache.keep(keys(kept), SCORE, placed=False)
    assert cache.find(keys(asked), THEIRS, "") is None
    assert cache.find(keys(kept), THEIRS, "") is not None


def test_it_is_counted_how_often_equal_programs_are_met() -> None:
    cache = ScoreCache()
    assert [cache.met(keys(f"a  # {number}")) for number in range(3)] == [0, 1, 2]
    assert cache.met(keys("b")) == 0


def test_to_look_for_a_score_is_not_to_meet_its_program() -> None:
    cache = ScoreCache()
    cache.met(keys("a"))
    cache.find(keys("a"), THEIRS, "")
    cache.find(keys("b"), THEIRS, "")
    assert cache.met(keys("a")) == 1
    assert cache.met(keys("b")) == 0


def test_a_program_whose_score_was_kept_was_met() -> None:
    cache = ScoreCache()
    cache.keep(keys("a"), SCORE, placed=False)
    assert cache.met(keys("a")) == 1


def test_it_is_counted_how_often_a_text_was_seen() -> None:
    cache = ScoreCache()
    assert [cache.seen(keys(f"a  # {number}").own) for number in range(3)] == [0, 1, 2]
    assert cache.seen(keys("b").own) == 0


def test_the_text_of_a_function_whose_score_was_kept_was_seen() -> None:
    here, there = ScoreCache(), ScoreCache()
    here.keep(keys("a"), SCORE, placed=False)
    there.learn(here.new())
    assert (here.seen(keys("a").own), there.seen(keys("a  # again").own)) == (1, 1)


def packed_alone(score: Score) -> bytes:
    return pack_score(dataclasses.replace(score, anywhere=None))


def test_another_process_finds_what_it_heard_of() -> None:
    here, there = ScoreCache(), ScoreCache()
    here.keep(keys("x = 1"), SCORE, placed=False)
    here.keep(keys("y = 1"), dataclasses.replace(SCORE, cell=4, line=9), placed=True)
    there.learn(pickle.loads(pickle.dumps(here.new())))  # as between our own processes
    for asked in (keys("x = 1  # one"), keys("y = 1")):
        found, own = there.find(asked, THEIRS, ""), here.find(asked, THEIRS, "")
        assert found is not None
        assert own is not None
        assert packed_alone(found) == packed_alone(own)
    assert there.met(keys("x = 1")) == 1


def test_what_is_new_is_told_once_and_not_told_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score_cache, "RECENT", 2)
    here, there = ScoreCache(), ScoreCache()
    for source in ("a", "b", "c"):
        here.keep(keys(source), SCORE, placed=False)
    news = here.new()
    assert len(news) == 2, "of many that nobody asked for, the last"
    assert here.new() == []
    there.learn(news)
    assert there.new() == []
