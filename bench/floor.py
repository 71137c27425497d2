"""The floor: notebooks put to the cases of an assignment with nothing around them, in this process.

It does what nobody can do without: reads JSON, executes the cells that import something or hold a graded
function, makes each call and compares the answer. It isolates nothing, explains nothing, and does not
survive hostile code.
"""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import re
import sys
import warnings
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType
from typing import Any

import numpy as np

from grader.comparison.compare import compare
from grader.comparison.verdict import Verdict
from grader.models.assignment import Assignment, Case, Exercise

NEEDED = re.compile(r"^(import |from |# GRADED FUNCTION)", re.MULTILINE)
MAGIC = re.compile(r"^%.*$", re.MULTILINE)


def passed(assignment: Assignment, notebooks: Iterable[bytes]) -> Iterator[list[str]]:
    """Yield for each notebook the exercises that it passes as it was written."""
    quietly = contextlib.redirect_stdout(io.StringIO())
    with _provided(assignment.wanted.modules), warnings.catch_warnings(), quietly:
        warnings.simplefilter("ignore")
        for data in notebooks:
            namespace = _defined(data)
            yield [exercise.name for exercise in assignment.exercises if _passes(namespace, exercise)]


@contextlib.contextmanager
def _provided(modules: Mapping[str, str]) -> Iterator[None]:
    """Let modules be imported that an assignment provides, which another has under the same names."""
    before = {name: sys.modules[name] for name in modules if name in sys.modules}
    try:
        for name, source in modules.items():
            module = sys.modules[name] = ModuleType(name)
            exec(source, module.__dict__)
        yield
    finally:
        for name in modules:
            sys.modules.pop(name, None)
        sys.modules.update(before)


def _defined(data: bytes) -> dict[str, Any]:
    """What a notebook imports, and its graded functions."""
    namespace: dict[str, Any] = {}
    for cell in json.loads(data)["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code" and NEEDED.search(source):
            with contextlib.suppress(Exception):
                exec(compile(MAGIC.sub("", source), "<cell>", "exec"), namespace)
    return namespace


def _passes(namespace: Mapping[str, Any], exercise: Exercise) -> bool:
    failing = [case for case in exercise.cases if not _right(namespace, exercise, case)]  # all are tried
    return not failing


def _right(namespace: Mapping[str, Any], exercise: Exercise, case: Case) -> bool:
    random.seed(case.call.seed)
    np.random.seed(case.call.seed)
    try:
        actual = namespace[exercise.name](*copy.deepcopy(case.call.args))
    except Exception:  # noqa: BLE001  # whatever it is, it is the submission's
        return False
    return compare(case.expected, actual, exercise.results, exercise.tolerance).verdict is Verdict.PASSED
