"""The words that the grader and the process of a submission have agreed on. Imports nothing: both read it."""

from __future__ import annotations

LEND = "%%lend "
"""The beginning of the statement that sets a variable to the value of an item: `%%lend ITEM VARIABLE`."""

KEEP = "%%keep "
"""The beginning of the statement that keeps the value that a variable has there for an item."""

DRIVE = "drive"
"""The name of the function that a driver's statements define."""

IN_DRIVER = -1
"""What stands for the number of a cell in the place of a line of a driver, in the file of test cases."""

MOVED = "___ = [(object(), [i], {i}, {i: i}, bytes(700 + i)) for i in range(7)]"
"""The statement that fills the memory which a program's objects occupied in its first run: right before each
call."""


def reads(name: str) -> str:
    """Return the definition of the driver of a variable that has no other: it returns the value.

    Args:
        name: the variable.

    Returns:
        a Python function.
    """
    return f"def {DRIVE}(student):\n    return student.{name}"
