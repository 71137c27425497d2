"""Run a file of test cases and collect what it declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from grader.assignments.course import Course
from grader.assignments.definition import importable
from grader.assignments.generators import run_module
from grader.errors import AssignmentError
from grader.testcase.declarations import Check, Declaration, Edition, Question, collected_questions

SETTINGS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "NOTEBOOK": (lambda x: isinstance(x, str), 'the name of a file, "homework.ipynb"'),
    "ALIASES": (
        lambda x: _is_of(x, lambda names: isinstance(names, list | tuple)),
        'the other names of a module, {"utils": ("utils_v2",)}',
    ),
    "EDITIONS": (
        lambda x: _is_of(x, lambda edition: isinstance(edition, Edition) and edition.expects is None),
        'what marks each edition that has a solution of its own, {"2017": Edition(marked_by="...")}',
    ),
    "SIGNED_OFF": (
        lambda x: _is_of(x, lambda reasons: _is_of(reasons, lambda reason: isinstance(reason, str))),
        'what is said of a mutant, and the reason, {"function": {"what is said": "reason"}}',
    ),
}
"""The settings of a file of test cases: a check of the value, and an example of one."""


def _is_of(value: Any, fits: Callable[[Any], bool]) -> bool:
    """Return whether a value is a dictionary from strings to values that pass a check."""
    return isinstance(value, Mapping) and all(isinstance(k, str) and fits(v) for k, v in value.items())


class Declared(NamedTuple):
    """What a file of test cases declares; `names` are the names in it that do."""

    declarations: Mapping[str, Declaration]
    questions: Sequence[Question]
    checks: Mapping[str, Check]
    settings: Mapping[str, Any]
    names: frozenset[str]


def read_declared(course: Course, name: str) -> Declared:
    """Run a file of test cases.

    Args:
        course: the course folder.
        name: the name of the assignment.

    Returns:
        its declarations, checks and settings.

    Raises:
        AssignmentError: it fails, or declares nothing that can be graded.
    """
    path, (folder, _) = course.testcases(name), course.folders(name)
    with importable(folder), collected_questions() as questions:
        names = vars(run_module(path, folder))
    declaring = {key: value for key, value in names.items() if isinstance(value, Declaration)}
    declarations = {value.name or key: value for key, value in declaring.items()}
    if not declarations and not questions:
        raise AssignmentError(f"{path}: it declares no exercise\n  Decorate a generator with @exercise().")
    [(name, times)] = Counter(
        [*(v.name or k for k, v in declaring.items()), *(q.name for q in questions)]
    ).most_common(1)
    if times > 1:
        raise AssignmentError(f"{path}: {name} is declared twice\n  Let each have a name of its own.")
    if not questions and all(declaration.bonus for declaration in declaring.values()):
        raise AssignmentError(
            f"{path}: every exercise is a bonus, so the total is 0\n  Let one of them be without bonus=True."
        )
    checks = {key: value for key, value in names.items() if isinstance(value, Check)}
    settings = {key: names[key] for key in SETTINGS if key in names}
    for key, value in settings.items():
        fits, example = SETTINGS[key]
        if not fits(value):
            raise AssignmentError(f"{path}: {key} is not what it should be\n  Let it be {example}.")
    return Declared(declarations, questions, checks, settings, frozenset(declaring))
