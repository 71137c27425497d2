"""A release hands out no answer: what is marked is emptied, and what cannot be is an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.authoring.release import Release, release
from grader.errors import AssignmentError
from grader.grading.reference import prepare
from grader.notebooks.solution import notebook_bytes
from grader.sandbox.fork_server import ForkServer

SOLUTION = """# %% [markdown]
# # Why is it so?
#
# <!-- BEGIN SOLUTION -->
# hushed one
# <!-- END SOLUTION -->

# %%
import numpy as np

# %%
# BEGIN SOLUTION
def helper(x):
    return 2 * x + 0  # hushed two
# END SOLUTION

# %%
# GRADED FUNCTION: double


def double(x):
    # YOUR CODE STARTS HERE
    y = helper(x)  # hushed three
    # YOUR CODE ENDS HERE

    return y


# %%
double(1)
### BEGIN HIDDEN TESTS
assert double(3) == 6  # hushed four
### END HIDDEN TESTS
"""
MODULE = "def more(x):\n    ### START CODE HERE ###\n    return 3  # hushed five\n    ### END CODE HERE ###\n"

Released = Callable[..., Release]


@pytest.fixture
def released(small_course: Callable[..., Course], sandbox: ForkServer) -> Released:
    """A function from the files of the assignment `small` to its release."""

    def of(*files: str, notebook: bytes = b"", **more: str) -> Release:
        course = small_course(*files, **more)
        if notebook:
            course.solution("small").unlink()
            course.solution("small").write_bytes(notebook)
        definition = load(course, "small")
        return release(definition, prepare(definition, sandbox, "release"), sandbox)

    return of


def handed(made: Release) -> str:
    """All text that students receive."""
    return "\n".join(
        data.decode()
        for path, data in made.files.items()
        if path.suffix in {".py", ".ipynb"} and "small" in str(path)
    )


def test_every_marked_region_is_emptied_wherever_it_is(released: Released) -> None:
    text = handed(released(SOLUTION, **{"solutions/small/more.py": MODULE}))
    assert "hushed" not in text
    assert 'NotImplementedError(\\"double is not written yet\\")' in text
    assert 'NotImplementedError("more is not written yet")' in text
    assert "Write your answer here" in text


def spoiled(old: str, new: str, count: int = 1) -> str:
    assert old in SOLUTION
    return SOLUTION.replace(old, new, count)


@pytest.mark.parametrize(
    ("solution", "says"),
    [
        pytest.param(
            spoiled("# YOUR CODE STARTS", "# YOUR COD STARTS"), "line 22: `YOUR COD STARTS HERE` is",
            id="a misspelt marker",
        ),
        pytest.param(spoiled("    # YOUR CODE ENDS HERE\n", ""), "line 22: the region that", id="no end"),
        pytest.param(spoiled("# BEGIN SOLUTION", "#"), "line 15: END SOLUTION ends no region", id="no start"),
        pytest.param(
            spoiled("    # YOUR CODE STARTS HERE\n", "").replace("    # YOUR CODE ENDS HERE\n", ""),
            "line 21: double has no marked answer", id="no markers",
        ),
        pytest.param(
            spoiled("# %%\ndouble(1)", "# %%\ndef double(x):\n    return 2 * x\n\n# %%\ndouble(1)"),
            "double has no marked answer", id="a second definition without markers",
        ),
        pytest.param(
            spoiled("    y = helper(x)  # hushed three\n", "    z = 1\n").replace(
                "    # YOUR CODE STARTS", "    y = 2 * x\n    # YOUR CODE STARTS"
            ),
            "line 21: double passes every test case with nothing between its markers", id="above its markers",
        ),
        pytest.param(
            spoiled("    # YOUR CODE STARTS HERE\n", "    # YOUR CODE STARTS HERE\n    if True:\n").replace(
                "    y = helper(x)  # hushed three\n    # YOUR CODE ENDS HERE\n",
                "        y = helper(x)\n    # YOUR CODE ENDS HERE\n    else:\n        y = 0\n",
            ),
            "line 22: without its marked regions the rest does not parse", id="half a statement",
        ),
        pytest.param(
            spoiled("# # Why", "# ### BEGIN SOLUTION\n# # Why"), "line 5: BEGIN SOLUTION,", id="in a text",
        ),
    ],
)  # fmt: skip
def test_a_release_that_would_hand_out_an_answer_is_refused(
    released: Released, tmp_path: Path, solution: str, says: str
) -> None:
    with pytest.raises(AssignmentError) as error:
        released(solution)
    assert says in str(error.value)
    assert "\n  " in str(error.value), "and what to do"
    assert not (tmp_path / "course" / "assignments").exists(), "nothing is written"


@pytest.mark.parametrize(
    ("module", "says"),
    [
        pytest.param(
            MODULE.replace("END", "EN"), "more.py, line 4: `EN CODE HERE` is no marker", id="misspelt"
        ),
        pytest.param(
            "def double(x):\n    return 2 * x\n", "more.py, line 1: double has no marked", id="an answer"
        ),
    ],
)
def test_so_is_a_module_with_an_answer(released: Released, module: str, says: str) -> None:
    with pytest.raises(AssignmentError) as error:
        released(**{"solutions/small/more.py": module})
    assert says in str(error.value)


# ---------------------------------------------------------------- notebooks


def notebook(**changes: Any) -> bytes:
    """A solution that was run and saved in Jupyter."""
    cells = [
        nbformat.v4.new_markdown_cell("![a](attachment:a.png)", attachments={"a.png": {"image/png": "aGk="}}),
        nbformat.v4.new_markdown_cell("Because.", metadata={"nbgrader": {"solution": True}}),
        nbformat.v4.new_code_cell(
            "# GRADED FUNCTION: double\ndef double(x):\n"
            "    # BEGIN SOLUTION\n    return 2 * x\n    # END SOLUTION",
            outputs=[nbformat.v4.new_output("stream", text="hushed output")], execution_count=3,
            metadata={"note": "hushed note"},
        ),
        nbformat.v4.new_raw_cell("### BEGIN SOLUTION\nhushed raw\n### END SOLUTION"),
    ]  # fmt: skip
    cells[0].attachments["b.png"] = {"image/png": "c2VjcmV0"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"hushed": "metadata"})
    text = json.loads(notebook_bytes(made))
    text["cells"][2].update(changes)
    return json.dumps(text).encode()


@pytest.fixture
def released_notebook(small_course: Callable[..., Course], sandbox: ForkServer) -> Callable[[bytes], Release]:
    def of(data: bytes) -> Release:
        course = small_course()
        course.solution("small").unlink()
        (course.root / "solutions" / "small.ipynb").write_bytes(data)
        definition = load(course, "small")
        return release(definition, prepare(definition, sandbox, "release"), sandbox)

    return of


def test_outputs_metadata_and_what_a_text_no_longer_shows_do_not_travel(
    released_notebook: Callable[[bytes], Release],
) -> None:
    text = handed(released_notebook(notebook()))
    assert "hushed" not in text
    assert "c2VjcmV0" not in text, "a picture that no text shows"
    assert "aGk=" in text, "and one that it does"
    assert "Because." not in text, "what nbgrader takes for an answer"


def test_a_place_in_a_notebook_is_its_cell_and_line(released_notebook: Callable[[bytes], Release]) -> None:
    with pytest.raises(AssignmentError, match=r"small\.ipynb, cell 3, line 3: `BEGIN SOLUTON` is no marker"):
        released_notebook(
            notebook(source="# GRADED FUNCTION: double\ndef double(x):\n    # BEGIN SOLUTON\n    return x")
        )


def test_a_cell_that_nbgrader_takes_for_an_answer_has_to_have_a_region(
    released_notebook: Callable[[bytes], Release],
) -> None:
    solved = json.loads(notebook())
    cell = nbformat.v4.new_code_cell("k = 42", metadata={"nbgrader": {"solution": True, "grade_id": "k"}})
    solved["cells"].append(cell)
    with pytest.raises(AssignmentError, match="cell 5, line 1: nbgrader takes this cell for an answer"):
        released_notebook(json.dumps(solved).encode())


def test_a_notebook_that_is_none_is_told(released_notebook: Callable[[bytes], Release]) -> None:
    with pytest.raises(AssignmentError, match=r"small\.ipynb: it is cut off: it ends in line 1"):
        released_notebook(b'{"cells": [')
