"""What a driver feeds is read by every way to read it, and what is printed has no prompts."""

from __future__ import annotations

import builtins
import sys
from collections.abc import Callable
from typing import Any

import pytest

from grader.public_tests.driving import drive


def driven(read: Callable[[], Any], *fed: Any) -> tuple[Any, str]:
    """Return what a function reads of what is fed, and what it prints."""

    def driver(student: Any) -> tuple[Any, str]:
        student.feed(*fed)
        return student.read(), student.printed()

    result: tuple[Any, str] = drive(driver, {"read": read}, ())
    return result


def by_input() -> list[str]:
    return [input(), input()]


def by_readline() -> list[str]:
    return [sys.stdin.readline(), sys.stdin.readline()]


def by_read() -> str:
    return sys.stdin.read()


def by_lines() -> list[str]:
    return [line.strip() for line in sys.stdin]


def by_readlines() -> list[str]:
    return sys.stdin.readlines()


def by_both() -> list[str]:
    return [input(), sys.stdin.read()]


READING = [
    pytest.param(by_input, ["12", "7"], id="input"),
    pytest.param(by_readline, ["12\n", "7\n"], id="readline"),
    pytest.param(by_read, "12\n7\n", id="read"),
    pytest.param(by_lines, ["12", "7"], id="lines"),
    pytest.param(by_readlines, ["12\n", "7\n"], id="readlines"),
    pytest.param(by_both, ["12", "7\n"], id="both"),
]


@pytest.mark.parametrize(("read", "expected"), READING)
@pytest.mark.parametrize("fed", [("12", "7"), (["12", "7"],), ([12, 7],)])
def test_what_is_fed_is_read(read: Callable[[], Any], expected: Any, fed: tuple[Any, ...]) -> None:
    assert driven(read, *fed)[0] == expected


@pytest.mark.parametrize("prompt", [(), ("Age? ",), ("How old are you?\n",)])
def test_a_prompt_is_not_part_of_what_is_printed(prompt: tuple[str, ...]) -> None:
    def read() -> None:
        print("You are", input(*prompt))  # noqa: T201  # what a student's function does

    assert driven(read, "12")[1] == "You are 12\n"


def test_after_the_last_line_there_is_no_more() -> None:
    assert driven(lambda: [input(), sys.stdin.readline(), sys.stdin.read()], "12")[0] == ["12", "", ""]
    with pytest.raises(EOFError, match="more often than there are lines"):
        driven(by_input, "12")


def test_more_may_be_fed_later() -> None:
    def typed() -> str:
        return input()

    def driver(student: Any) -> list[str]:
        student.feed("1")
        first = student.read()
        student.feed("2", "3")
        return [first, student.read(), student.read()]

    assert drive(driver, {"read": typed}, ()) == ["1", "2", "3"]


@pytest.mark.parametrize("fed", [7, 2.5, None, b"7", {"a": 1}])
def test_what_is_no_text_is_refused_with_what_to_write(fed: Any) -> None:
    with pytest.raises(TypeError, match=r"student\.feed takes texts: write \""):
        driven(lambda: None, fed)


def test_afterwards_all_is_as_it_was() -> None:
    before = sys.stdin, sys.stdout, builtins.input
    driven(by_read, "12")
    assert (sys.stdin, sys.stdout, builtins.input) == before
