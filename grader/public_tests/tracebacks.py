"""Show the exceptions of a public test with the student's own lines alone. Bundled for students."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any


class PublicTestFailed(AssertionError):  # noqa: N818  # students read its name
    """A public test has failed. A notebook shows no traceback of it; `title` alone if a card has the rest."""

    def __init__(self, text: str, title: str = "") -> None:
        super().__init__(text)
        self.title = title or text

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        return [self.title]


PublicTestFailed.__module__ = "builtins"  # so that its name alone is printed
PublicTestFailed.__qualname__ = PublicTestFailed.__name__


def with_own_lines(error: BaseException, namespaces: tuple[Mapping[str, Any], ...]) -> BaseException:
    """Return an exception whose traceback has the lines of the student's functions alone.

    Args:
        error: what a student's function raised.
        namespaces: the global names of what the student wrote.

    Returns:
        the same exception.
    """
    own = _own(error.__traceback__, namespaces)

    def rendered() -> list[str]:
        return _rendered(error, own)

    with contextlib.suppress(AttributeError):  # an exception may have no room for it
        error._render_traceback_ = rendered  # type: ignore[attr-defined]  # IPython asks for it
    return error.with_traceback(own)


def _own(found: TracebackType | None, namespaces: tuple[Mapping[str, Any], ...]) -> TracebackType | None:
    """Return a traceback without the frames of other modules than the student's."""
    kept: TracebackType | None = None
    for one in reversed(_entries(found)):
        if any(one.tb_frame.f_globals is namespace for namespace in namespaces):
            kept = TracebackType(kept, one.tb_frame, one.tb_lasti, one.tb_lineno)
    return kept


def _entries(found: TracebackType | None) -> list[TracebackType]:
    entries: list[TracebackType] = []
    while found is not None:
        entries.append(found)
        found = found.tb_next
    return entries


def _rendered(error: BaseException, own: TracebackType | None) -> list[str]:
    """Return the lines that IPython shows of an exception."""
    if own is None:
        return ["".join(traceback.format_exception_only(error)).rstrip()]
    shell = sys.modules["IPython"].get_ipython()
    lines: list[str] = shell.InteractiveTB.structured_traceback(type(error), error, own, tb_offset=0)
    return lines
