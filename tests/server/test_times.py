"""Times are said as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.server.pages.times import lasting, said, until
from grader.server.store.changes import LAST, USUAL, pace_of

NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "words"),
    [
        pytest.param({"days": 3, "hours": 5}, "in 3 days", id="days"),
        pytest.param({"hours": 30}, "in 30 hours", id="less than two days"),
        pytest.param({"minutes": 119}, "in 119 minutes", id="less than two hours"),
        pytest.param({"minutes": 1, "seconds": 5}, "in 1 minute", id="one"),
        pytest.param({"seconds": 20}, "in less than a minute", id="soon"),
        pytest.param({"seconds": 0}, "just now", id="now"),
        pytest.param({"hours": -5}, "5 hours ago", id="before"),
    ],
)
def test_how_far_a_time_is_away(away: dict[str, float], words: str):
    assert until(NOW + timedelta(**away), NOW) == words


def test_a_time_is_said_with_its_zone():
    assert said(NOW) == "Sun 29 Nov 2026, 12:00 (UTC)"
    assert said(NOW, timezone(timedelta(hours=5, minutes=30))) == "Sun 29 Nov 2026, 17:30 (UTC+05:30)"
    assert said(NOW, timezone(timedelta(hours=-8))) == "Sun 29 Nov 2026, 04:00 (UTC-08:00)"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "a second"), (3.1, "4 seconds"), (21, "25 seconds"), (90, "90 seconds"), (91, "2 minutes")],
)
def test_lengths_of_time_are_rounded_up(seconds: float, words: str):
    assert lasting(seconds) == words


def test_the_pace_of_a_queue_is_that_of_its_last_gradings_without_its_pauses():
    newest_first = [NOW - timedelta(seconds=2 * i) for i in range(LAST)]
    newest_first[LAST // 2 :] = [at - timedelta(hours=9) for at in newest_first[LAST // 2 :]]
    assert pace_of(newest_first) == 2
    assert pace_of(newest_first[:3]) == USUAL
