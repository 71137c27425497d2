"""Tell how the functions of a source are called, so that a recorded call becomes a test case."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grader.importers.recording import Step
from grader.importers.source import Role, SourceNotebook
from grader.notebooks.magics import python_of


@dataclass(frozen=True, slots=True)
class Signature:
    """The parameters of a function, and those of its defaults that are constants.

    `simple` is False if it takes more than these by position.
    """

    parameters: tuple[str, ...]
    defaults: Mapping[str, Any]
    simple: bool

    def case_of(self, step: Step) -> dict[str, Any] | None:
        """Return a call as the arguments of a test case; None if it is no plain call."""
        if step.kind != "call" or not self.simple or {*step.marks} - {"raises"}:
            return None
        if any(_is_reference(one) for one in (*step.args, *step.keys.values())):
            return None
        if len(step.args) > len(self.parameters) or not step.keys.keys() <= {*self.parameters}:
            return None
        given = {**self.defaults, **dict(zip(self.parameters, step.args, strict=False)), **step.keys}
        if given.keys() != {*self.parameters} or ("raises" in step.marks and raised_by(step) is None):
            return None
        return {name: given[name] for name in self.parameters}


def raised_by(step: Step) -> str | None:
    """Return the exception that a step has to raise; None if none can be expected of a test case."""
    if "raises" not in step.marks or not step.raised:
        return None
    name = step.raised[0]
    narrow = name not in {"Exception", "BaseException", "NotImplementedError", "AssertionError", "NameError"}
    return name if narrow and name.isidentifier() else None


def _is_reference(value: Any) -> bool:
    return isinstance(value, Mapping) and len(value) == 1 and str(next(iter(value))).startswith("$")


def signatures(source: SourceNotebook) -> dict[str, Signature]:
    """Return the signature of each function that a source defines at top level; the last one counts."""
    found: dict[str, Signature] = {}
    for cell in source.of_role(Role.CODE, Role.SOLUTION, Role.MANUAL):
        try:
            body = ast.parse(python_of(cell.source)).body
        except SyntaxError:
            continue
        found |= {node.name: _signature(node) for node in body if isinstance(node, ast.FunctionDef)}
    return found


def _signature(node: ast.FunctionDef) -> Signature:
    of = node.args
    names = tuple(one.arg for one in (*of.posonlyargs, *of.args))
    defaults: dict[str, Any] = {}
    simple = not (of.vararg or of.kwarg or of.kwonlyargs or node.decorator_list)
    for name, default in zip(reversed(names), reversed(of.defaults), strict=False):
        try:
            defaults[name] = ast.literal_eval(default)
        except ValueError:
            continue
    return Signature(names, defaults, simple)
