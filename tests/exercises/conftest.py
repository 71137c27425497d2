"""The first exercise's solution, its test cases, and what students receive with it."""

from __future__ import annotations

import ast
import importlib
import runpy
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.assignments.definition import importable
from grader.testcase.declarations import Declaration

COURSE = Path(__file__).parents[2]
SOLUTION = COURSE / "solutions" / "dnn_step_by_step.py"
TEST_CASES = COURSE / "testcases" / "dnn_step_by_step.py"

# Those two belong to the notebook around the graded functions.
NOT_LOADED = {"matplotlib.pyplot", "public_tests"}

Call = Mapping[str, Any]


@pytest.fixture(scope="module", autouse=True)
def provided() -> Iterator[None]:
    """Make the provided modules importable, as they are for the solution, and forget them afterwards."""
    with importable(SOLUTION.with_suffix("")):
        yield


@pytest.fixture(scope="module")
def fixtures() -> ModuleType:
    """The module with the fixtures that students receive."""
    return importlib.import_module("testCases")


def is_loaded(statement: ast.stmt) -> bool:
    """Whether a top-level statement of the solution is an import or a function, and not of the notebook."""
    match statement:
        case ast.Import(names=[ast.alias(name=module)]) | ast.ImportFrom(module=module):
            return module not in NOT_LOADED
        case _:
            return isinstance(statement, ast.FunctionDef)


@pytest.fixture(scope="module")
def reference() -> SimpleNamespace:
    """The solution's functions, without its figures and tests."""
    tree = ast.parse(SOLUTION.read_text(encoding="utf-8"))
    tree.body = [statement for statement in tree.body if is_loaded(statement)]
    names: dict[str, Any] = {}
    exec(compile(tree, SOLUTION.name, "exec"), names)
    return SimpleNamespace(**names)


@pytest.fixture(scope="module")
def declarations() -> dict[str, Declaration]:
    """What the test-case file declares, by graded function, in its order."""
    names = runpy.run_path(str(TEST_CASES))
    return {name: value for name, value in names.items() if isinstance(value, Declaration)}


@pytest.fixture(scope="module")
def generate(
    declarations: dict[str, Declaration], reference: SimpleNamespace
) -> Callable[[str, int], list[Call]]:
    """A function that returns the generated calls of one graded function for a seed."""

    def calls(name: str, seed: int = 0) -> list[Call]:
        generator = declarations[name].generator
        more = (reference,) if name == "L_model_backward" else ()
        return list(generator(np.random.default_rng(seed), *more))

    return calls
