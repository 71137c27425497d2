"""Grades NumPy exercises in notebooks: every mark explained, none forgeable."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.api import Report, Results, Session, grade, load, open_results
    from grader.assignments.definition import Definition
    from grader.comparison.verdict import Tolerance, Verdict
    from grader.errors import (
        AdjustmentError,
        AssignmentError,
        GraderError,
        IsolationError,
        NameMapError,
        PolicyError,
        RosterError,
        SandboxError,
        UnreadableError,
        UsageError,
    )
    from grader.models.execution import Status
    from grader.models.report import CaseResult, Header, Isolation, Score
    from grader.models.submission import Student

__version__ = "0.1.0"

__all__ = [
    "AdjustmentError",
    "AssignmentError",
    "CaseResult",
    "Definition",
    "GraderError",
    "Header",
    "Isolation",
    "IsolationError",
    "NameMapError",
    "PolicyError",
    "Report",
    "Results",
    "RosterError",
    "SandboxError",
    "Score",
    "Session",
    "Status",
    "Student",
    "Tolerance",
    "UnreadableError",
    "UsageError",
    "Verdict",
    "__version__",
    "grade",
    "load",
    "open_results",
]

_MODULES = {
    "grader.api": ("Report", "Results", "Session", "grade", "load", "open_results"),
    "grader.assignments.loader": ("Definition",),
    "grader.comparison.verdict": ("Tolerance", "Verdict"),
    "grader.models.execution": ("Status",),
    "grader.models.report": ("CaseResult", "Header", "Isolation", "Score"),
    "grader.models.submission": ("Student",),
}
"""Where the public names are defined; all others are exceptions."""


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: a worker process imports this package and needs none."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = next((module for module, names in _MODULES.items() if name in names), "grader.errors")
    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value
