"""A function that does not end is stopped in the notebook, and told as the grader tells it."""

from __future__ import annotations

import itertools
import signal
import threading
from pathlib import Path
from typing import Any

import pytest

from grader.comparison.verdict import Tolerance
from grader.public_tests.attempts import attempts
from grader.public_tests.case_file import PublicCase, PublicExercise, read_public, write_public
from grader.public_tests.patience import TIMES, TimedOut, limited
from grader.public_tests.runner import PublicTests

SHORT = 0.02
CASES = tuple(PublicCase(f"public-{i}", (i,), 2 * i, 3) for i in (1, 2, 3))
DOUBLE = PublicExercise("double", ("y",), Tolerance(), CASES, parameters=("x",), seconds=SHORT)

needs_a_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no timer")


def endless_for_two(x: int) -> int:
    while x == 2:
        try:
            x = int(x)
        except Exception:  # noqa: BLE001  # as students write; it may not catch what ends the call
            continue
    return 2 * x


def test_a_call_that_ends_in_time_is_left_alone() -> None:
    assert [one.passed for one in attempts(DOUBLE, lambda x: 2 * x, CASES)] == [True] * 3
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@needs_a_timer
def test_after_a_call_that_times_out_no_other_is_run() -> None:
    assert [one.outcome.message for one in attempts(DOUBLE, endless_for_two, CASES)] == [
        "",
        f"It timed out: no answer within {TIMES * SHORT:g} seconds.",
        "It was not run: public-2 timed out.",
    ]


@needs_a_timer
def test_the_card_says_what_to_look_for_and_the_traceback_where(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(TimedOut) as stopped:
        PublicTests({"double": DOUBLE}, Path("absent")).run("double", endless_for_two)
    assert "Look for a loop that never ends." in capsys.readouterr().out
    assert [frame.name for frame in stopped.traceback][-1] == "endless_for_two"


@needs_a_timer
def test_code_that_goes_on_when_it_is_stopped_is_stopped_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.public_tests.patience.AGAIN", SHORT)
    stops = 0
    with pytest.raises(TimedOut), limited(SHORT):  # noqa: PT012
        for _ in itertools.count():
            try:
                while True:
                    pass
            except TimedOut:
                stops += 1
                if stops == 3:
                    raise


@needs_a_timer
def test_what_was_called_by_the_timer_before_is_called_by_it_again() -> None:
    def own(*_: Any) -> None:
        raise AssertionError("nobody asked for it")

    before = signal.signal(signal.SIGALRM, own)
    try:
        with limited(1):
            pass
        assert signal.getsignal(signal.SIGALRM) is own
    finally:
        signal.signal(signal.SIGALRM, before)


def test_a_thread_that_cannot_be_interrupted_has_no_limit() -> None:
    entered: list[bool] = []

    def work() -> None:
        with limited(SHORT):
            entered.append(signal.getitimer(signal.ITIMER_REAL)[0] == 0)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert entered == [True]


def test_the_limit_of_an_exercise_is_in_the_file_of_public_cases(tmp_path: Path) -> None:
    write_public(tmp_path / "cases.h5", [DOUBLE])
    assert read_public(tmp_path / "cases.h5")[0].seconds == SHORT
