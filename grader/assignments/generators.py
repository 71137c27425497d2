"""Run an instructor's files and generators; an error names the line that raised or did not end."""

from __future__ import annotations

import importlib.util
import inspect
import itertools
import random
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

import numpy as np

from grader import testcase
from grader.assignments.data_files import data_at_hand
from grader.assignments.deadline import TooLongError, deadline
from grader.errors import AssignmentError
from grader.models import serialization
from grader.models.assignment import Points
from grader.testcase.declarations import Part

LONGEST = 60
"""The seconds that a file of test cases, or one generator, may take."""

MOST = 10_000
"""The number of calls that one generator may yield."""


_UNKNOWN_ARGUMENT = re.compile(
    r"(exercise|variable|question|part|Edition)(?:\.__init__)?\(\)"
    r" got an unexpected keyword argument '(\w+)'.*"
)


_NOT_CALLED = re.compile(r"(exercise|variable)\(\) takes 0 positional arguments but 1 was given")


@contextmanager
def instructor_errors(path: Path, what: str, advice: str) -> Iterator[None]:
    """Translate whatever an instructor's code raises into an AssignmentError with file and line.

    Args:
        path: the file that the code is from.
        what: what is running, for the message.
        advice: what to do about it.

    Returns:
        a context manager.

    Raises:
        AssignmentError: the code raised, or took longer than `LONGEST` seconds.
    """
    try:
        with deadline(LONGEST):
            yield
    except AssignmentError:
        raise
    except TooLongError as error:
        raise AssignmentError(f"{_place(path, error)}: {what} has taken {LONGEST} s\n  {advice}") from None
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.filename == str(path) else ""
        raise AssignmentError(f"{path}{line}: {what} raised {_named(error)}\n  {advice}") from error
    except (Exception, SystemExit) as error:
        if fault := _declared_wrongly(error):
            raise AssignmentError(f"{_place(path, error)}: {fault}") from error
        raise AssignmentError(f"{_place(path, error)}: {what} raised {_named(error)}\n  {advice}") from error


def _named(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else " ".join(str(error).split())
    return f"{type(error).__name__}: {text}"


def _declared_wrongly(error: BaseException) -> str:
    """Return what is wrong with a declaration and its remedy; empty if an error is of another kind."""
    text = " ".join(str(error).split())
    problem, declared, advice = text.partition(": let ")
    if declared and _is_ours(_frames(error)[-1].filename):
        return f"{problem} in {_declaring(error)}\n  Let {advice}."
    if isinstance(error, TypeError) and (bare := _NOT_CALLED.fullmatch(text)):
        return f"@{bare[1]} without parentheses\n  Write @{bare[1]}()."
    unknown = _UNKNOWN_ARGUMENT.fullmatch(text)
    if isinstance(error, TypeError) and unknown:
        known = ", ".join(inspect.signature(getattr(testcase, unknown[1])).parameters)
        return f"{unknown[1]} has no argument {unknown[2]}\n  It has {known}."
    return ""


_DECLARING = {
    "variable": "@variable", "declare_variable": "@variable", "part": "part()", "question": "question()",
    "drive": "@NAME.drive", "judge": "@NAME.judge", "__post_init__": "Edition()",
}  # fmt: skip
"""How the functions that declare are written, if not as `@exercise`."""


def _declaring(error: BaseException) -> str:
    """Return what an error is in: the outermost function of `grader.testcase` that it came through."""
    called = [frame.name for frame in _frames(error) if _is_ours(frame.filename)]
    return next((_DECLARING[name] for name in called if name in _DECLARING), "@exercise")


def _is_ours(file: str) -> bool:
    return Path(file).parent == Path(testcase.__file__).parent


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _place(path: Path, error: BaseException) -> str:
    """Return the file, with the line in it that an error came from, if there is one."""
    lines = [frame.lineno for frame in _frames(error) if frame.filename == str(path)]
    return f"{path}, line {lines[-1]}" if lines else str(path)


# ---------------------------------------------------------------- modules and generators


def run_module(path: Path, folder: Path) -> ModuleType:
    """Import a file of test cases.

    Args:
        path: the file.
        folder: the folder with the assignment's data files.

    Returns:
        the module.

    Raises:
        AssignmentError: it cannot be imported.
    """
    spec = importlib.util.spec_from_file_location(f"testcases_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look up there what their annotations mean
    advice = f"Mend it; this says more: python {path}"
    with instructor_errors(path, "importing it", advice), data_at_hand(folder):
        spec.loader.exec_module(module)
    return module


def drawn(path: Path, name: str, draw: Callable[[], Iterable[Any]]) -> list[Any]:
    """Return what a generator yields.

    Args:
        path: the file of test cases.
        name: the name of the generator.
        draw: a function that calls it, with the same random generator each time.

    Returns:
        the calls.

    Raises:
        AssignmentError: the generator raises, does not end, yields nothing, or draws from a global random
            generator.
    """
    before = _shared_state()
    found = _listed(path, name, draw)
    if _shared_state() != before:
        random.seed()
        np.random.seed()  # noqa: NPY002  # NumPy's global generator
        if serialization.encode(_listed(path, name, draw)) != serialization.encode(found):
            line = _drawing_line(path, draw)
            place = f"{path}, line {line}" if line else path
            raise AssignmentError(
                f"{place}: the generator {name} draws from `np.random` or `random`, so its test cases are "
                f"others each time\n  Draw from the rng that it is given: {name}(rng)."
            )
    return found


def parted(yielded: Iterable[Any], path: Path, name: str) -> tuple[list[tuple[str, Any]], tuple[Points, ...]]:
    """Split what a generator yields into cases with their parts, and the points of the parts.

    Args:
        yielded: arguments of calls, and parts before those that belong to them.
        path: the file of test cases.
        name: the name of the generator.

    Returns:
        (part, arguments) for each call, and the parts in order; without any, the part is empty.

    Raises:
        AssignmentError: a part has no case, or comes twice, or the first comes after a case.
    """
    cases: list[tuple[str, Any]] = []
    parts: list[Part] = []
    for one in yielded:
        if isinstance(one, Part):
            wrong = "comes twice" if one.name in [part.name for part in parts] else ""
            if cases and not parts:
                wrong = "begins after a case"
            if parts and not any(part == parts[-1].name for part, _ in cases):
                wrong = f"follows {parts[-1].name!r}, which has no case"
            if wrong:
                raise AssignmentError(
                    f"{path}, line {one.line}: part({one.name!r}) of {name} {wrong}\n"
                    "  Yield each part once, before the cases that belong to it."
                )
            parts.append(one)
        else:
            cases.append((parts[-1].name if parts else "", one))
    if parts and not any(part == parts[-1].name for part, _ in cases):
        raise AssignmentError(
            f"{path}, line {parts[-1].line}: part({parts[-1].name!r}) of {name} has no case\n"
            "  Yield its cases after it."
        )
    return cases, tuple(Points(part.name, part.points) for part in parts)


def _drawing_line(path: Path, draw: Callable[[], Iterable[Any]]) -> int:
    """Return the first line of a file in which a generator draws from a global random generator, or 0."""
    drawing, last, before = 0, 0, _shared_state()

    def look(frame: FrameType, _event: str, _argument: object) -> Any:
        nonlocal drawing, last
        if frame.f_code.co_filename != str(path):
            return None
        if not drawing and _shared_state() != before:
            drawing = last
        last = frame.f_lineno
        return look

    tracing = sys.gettrace()
    sys.settrace(look)
    try:
        for _ in itertools.islice(draw() or (), MOST):
            if drawing:
                break
    finally:
        sys.settrace(tracing)
    return drawing


def _listed(path: Path, name: str, draw: Callable[[], Iterable[Any]]) -> list[Any]:
    with instructor_errors(
        path, f"the generator {name}", f"Run `grader validate {path.stem}` once it is mended."
    ):
        found = list(itertools.islice(draw() or (), MOST + 1))
    if len(found) > MOST:
        raise AssignmentError(
            f"{path}: the generator {name} has yielded {MOST} calls and goes on\n  Let it end after a few."
        )
    if not found:
        raise AssignmentError(
            f"{path}: no test cases for {name}\n"
            f"  Let {name}(rng) yield the keyword arguments of at least one call."
        )
    return found


def _shared_state() -> object:
    """Return the state of the global generators of `random` and `np.random`."""
    state: Any = np.random.get_state()  # noqa: NPY002
    kind, keys, *rest = state
    return kind, keys.tobytes(), rest, random.getstate()
