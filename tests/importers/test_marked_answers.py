"""Markers of other graders that `grader release` would refuse."""

from __future__ import annotations

import ast

import pytest

from grader.importers.marked_answers import marked, with_right_markers
from grader.notebooks.markers import regions
from grader.notebooks.placeholders import without_answers

IN_A_DICTIONARY = """def g(x):
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION

settings = {
    "a": 1,
    ### BEGIN SOLUTION
    "secret": 2,
    ### END SOLUTION
}
given = 1
"""
IN_PARAMETERS = """class C:
    def given(self):
        return 1

    @staticmethod
    def f(
        ### BEGIN SOLUTION
        secret,
        ### END SOLUTION
    ):
        return 3
"""
IN_A_HEAD = """if x > (
    ### BEGIN SOLUTION
    secret
    ### END SOLUTION
):
    x = 2
given = 1
"""
ACROSS_A_LOOP = """given = 1
for i in range(3):
    a = 1
    ### BEGIN SOLUTION
    secret = 2
for j in range(3):
    ### END SOLUTION
    b = 2
"""
ACROSS_AN_EXCEPTION = """given = 1
try:
    x = 1
    ### BEGIN SOLUTION
    secret = 2
except ValueError:
    ### END SOLUTION
    x = 3
"""
ENDED_TWICE = """given = 1
### BEGIN SOLUTION
secret = 2
### END SOLUTION
### END SOLUTION
"""
BEGUN_TWICE = """given = 1
f(
    ### START CODE HERE ###
    secret,
    ### START CODE HERE ###
)
"""
MISSPELT = """## solution ##
given = 1
### BEGIN SOLUTION
secret = 2
### END SOLUTION
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(IN_A_DICTIONARY, id="in a dictionary"),
        pytest.param(IN_PARAMETERS, id="in the parameters of a method"),
        pytest.param(IN_A_HEAD, id="in the condition of an if"),
        pytest.param(ACROSS_A_LOOP, id="from one loop into the next"),
        pytest.param(ENDED_TWICE, id="ended twice"),
        pytest.param(BEGUN_TWICE, id="begun twice, in a call"),
        pytest.param(MISSPELT, id="a comment that is nearly a marker"),
    ],
)
def test_answers_are_whole_statements_between_right_markers(source: str) -> None:
    made = marked(source)
    assert regions(made)[1] == ()
    assert ast.dump(ast.parse(made)) == ast.dump(ast.parse(source))
    handed_out = without_answers(made)
    ast.parse(handed_out)
    assert "secret" not in handed_out
    assert "given" in handed_out


def test_where_no_statements_can_be_enclosed_all_is_the_answer() -> None:
    made = marked(ACROSS_AN_EXCEPTION)
    assert "x" not in without_answers(made).replace("...", "").split()
    assert regions(made)[1] == ()


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("given = 1\n### BEGIN SOLUTION\nsecret = 2\n### END SOLUTION", id="right"),
        pytest.param("x = '# solution'", id="a text"),
        pytest.param("if x:\n### BEGIN SOLUTION", id="no Python"),
        pytest.param("x = '#'  # BEGIN SOLUTION", id="a text before a marker"),
    ],
)
def test_what_cannot_be_mended_or_need_not_be_stays(source: str) -> None:
    assert with_right_markers(source) == source


def test_a_cell_without_markers_is_an_answer_but_for_its_magics() -> None:
    assert without_answers(marked("%matplotlib inline\nsecret = 1")).split("\n")[0] == "%matplotlib inline"
    assert "secret" not in without_answers(marked("%matplotlib inline\nsecret = 1"))
