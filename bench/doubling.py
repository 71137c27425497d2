"""The smallest course: one function that doubles numbers, with a right and a wrong answer."""

from __future__ import annotations

from pathlib import Path

from grader.assignments.course import Course

SOLUTION = """# %%
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

TESTCASES = '''"""Numbers to double."""

import numpy as np

from grader.testcase import exercise


@exercise(points=5, public=1)
def double(rng):
    """Arrays of several sizes."""
    for size in (3, 1, 4):
        yield {"x": rng.standard_normal(size)}
'''

RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return 3 * x"


def write_course(folder: Path) -> Course:
    """Write the course with its one assignment, `small`."""
    for name, text in {"solutions": SOLUTION, "testcases": TESTCASES}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "small.py").write_text(text)
    return Course(folder)
