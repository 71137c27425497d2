"""The decorators for a file of test cases."""

from grader.comparison.judges import at_least, close, exactly, unordered, up_to_labels, up_to_sign
from grader.testcase.declarations import Edition
from grader.testcase.decorators import check, exercise, part, question, variable

__all__ = [
    "Edition",
    "at_least",
    "check",
    "close",
    "exactly",
    "exercise",
    "part",
    "question",
    "unordered",
    "up_to_labels",
    "up_to_sign",
    "variable",
]
