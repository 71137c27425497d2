"""A traceback of a public test has the student's own lines alone."""

from __future__ import annotations

import traceback
from typing import Any

from grader.public_tests.tracebacks import PublicTestFailed, with_own_lines


def raised(source: str, call: str) -> tuple[BaseException, dict[str, Any]]:
    names: dict[str, Any] = {}
    exec(compile(source, "notebook", "exec"), names)
    try:
        names[call](3)
    except Exception as error:  # noqa: BLE001  # any that the source raises
        return error, names
    raise AssertionError("it raises nothing")


def lines_of(error: BaseException) -> list[str]:
    return [frame.name for frame in traceback.extract_tb(error.__traceback__)]


def test_frames_of_other_modules_are_left_out_before_between_and_after() -> None:
    source = """
import functools, json
def inner(x, y): return json.loads("{")
def outer(x): return functools.reduce(inner, [x, x])
def loads(x): return json.JSONDecoder(object_hook=hooked).decode('{"a": 1}')
def hooked(x): return x.a
"""
    error, names = raised(source, "outer")
    assert lines_of(error)[0] == "raised"
    assert lines_of(with_own_lines(error, (names,))) == ["outer", "inner"]
    error, names = raised(source, "loads")
    assert lines_of(with_own_lines(error, (names,))) == ["loads", "hooked"]


def test_where_no_line_is_the_students_the_exception_alone_is_shown() -> None:
    error, names = raised("import math\ncall = math.sqrt\ndef f(): ...", "f")
    shown = with_own_lines(error, (names,))
    assert shown.__traceback__ is None
    assert shown._render_traceback_() == ["TypeError: f() takes 0 positional arguments but 1 was given"]  # type: ignore[attr-defined]


def test_an_exception_without_room_for_more_is_shown_with_own_lines() -> None:
    source = (
        "class Full(Exception):\n    def __setattr__(self, *_): raise AttributeError\ndef f(x): raise Full"
    )
    error, names = raised(source, "f")
    assert lines_of(with_own_lines(error, (names,))) == ["f"]


def test_a_failed_test_has_a_short_name_and_no_traceback_in_a_notebook() -> None:
    failed = PublicTestFailed("double: wrong value. y is wrong.", "double: wrong value.")
    assert traceback.format_exception_only(failed) == ["PublicTestFailed: double: wrong value. y is wrong.\n"]
    assert failed._render_traceback_() == ["double: wrong value."]
    assert PublicTestFailed("Say what.")._render_traceback_() == ["Say what."]
    assert isinstance(failed, AssertionError)
