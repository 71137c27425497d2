"""Check the names that a declaration gives as texts: of what is forbidden, and of exceptions."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import keyword
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from grader.errors import AssignmentError, did_you_mean
from grader.notebooks.forbidden import KEYWORDS, USUAL
from grader.sandbox.removed_names import OF_PYTHON, RENAMED
from grader.testcase.declarations import Declaration

FURTHER = frozenset(
    {"cupy", "jax", "keras", "matplotlib", "numba", "numpy", "pandas", "scipy", "seaborn", "sklearn"}
    | {"statsmodels", "sympy", "tensorflow", "torch", *USUAL}
)
"""Modules that may be forbidden where they are not installed."""

REMOVED = {*RENAMED, *OF_PYTHON, "asscalar"}


def check_names(place: str, name: str, declared: Declaration, sources: Iterable[str]) -> None:
    """Check that the names of a declaration are of something.

    Args:
        place: the file and line of the declaration.
        name: the graded item.
        declared: its declaration.
        sources: the code of the solution, and of the modules that are provided.

    Raises:
        AssignmentError: what is forbidden is not there, or no exception has the name.
    """
    if not declared.forbid and not declared.raises:
        return
    written = {word for source in sources for word in re.findall(r"[^\W\d]\w*", source)}
    for one in declared.forbid:
        if problem := _not_there(one, written):
            raise AssignmentError(
                f"{place}: forbid of {name} has {one!r}, which forbids nothing\n  {problem}"
            )
    known = {*_exceptions(Exception)}
    for one in declared.raises:
        if one not in known | written:
            raise AssignmentError(
                f"{place}: raises of {name} has {one!r}, which is no exception of Python or of the solution\n"
                f"  {did_you_mean(one, known)}Give the exception itself: raises=ValueError."
            )


def _not_there(forbidden: str, written: Iterable[str]) -> str:
    """Return what to write in place of something forbidden that is not there; empty if it is there."""
    first, *further = forbidden.split(".")
    if forbidden in KEYWORDS:
        return ""
    if keyword.iskeyword(forbidden):
        return f"grader finds the keywords {', '.join(sorted(KEYWORDS))}."
    own = {*dir(builtins), *written, *FURTHER, *sys.modules}
    if first in own or importlib.util.find_spec(first):
        return _missing_in(USUAL.get(first, first), first, further)
    names = {*KEYWORDS, *dir(builtins), *FURTHER, *sys.stdlib_module_names, *sys.modules}
    meant = did_you_mean(first, (one for one in names if "." not in one))
    return f"{meant}Write a keyword, a builtin such as sorted, a module, or a name with it: np.sort."


def _missing_in(module: str, written: str, names: list[str]) -> str:
    """Return what is wrong with a name in NumPy; of other modules, which are not imported for it, nothing."""
    if module != "numpy":
        return ""
    there: Any = importlib.import_module(module)
    for name in names:
        if name in REMOVED:
            return ""
        if not hasattr(there, name):
            return f"{did_you_mean(name, dir(there))}{written} has no {name}."
        there, written = getattr(there, name), f"{written}.{name}"
    return ""


def _exceptions(kind: type[Exception]) -> Iterator[str]:
    """Yield the names of an exception and of those derived from it, of every module that is imported."""
    waiting = [kind]
    while waiting:
        one = waiting.pop()
        yield one.__name__
        waiting += one.__subclasses__()
