"""Writes a small course: one assignment, `small`, with one function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.assignments.course import Course

ONE_FUNCTION = """# %%
import numpy as np

# %%
# GRADED FUNCTION: double


def double(x):
    \"\"\"Double x.\"\"\"
    # YOUR CODE STARTS HERE
    y = 2 * x
    # YOUR CODE ENDS HERE

    return y
"""

ONE_GENERATOR = '''"""Numbers to double."""

import numpy as np

from grader.testcase import exercise


@exercise(points=5, public=1)
def double(rng):
    """Arrays of several sizes."""
    for size in (3, 1, 4):
        yield {"x": rng.standard_normal(size)}
'''


def writer_into(root: Path) -> Callable[..., Course]:
    """Return a function that writes a course with the assignment `small` into a folder."""

    def write(solution: str = ONE_FUNCTION, testcases: str = ONE_GENERATOR, **more: str) -> Course:
        files = {"solutions/small.py": solution, "testcases/small.py": testcases, **more}
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        return Course(root)

    return write
