"""Marked regions are found, whoever's markers they are; markers that mean nothing are named."""

from __future__ import annotations

import pytest

from grader.notebooks.markers import Region, regions
from grader.notebooks.placeholders import IN_TEXT, OUTSIDE, without_answers

OURS = "# YOUR CODE STARTS HERE", "# YOUR CODE ENDS HERE"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(*OURS, id="of this course"),
        pytest.param(
            "### START CODE HERE ### (≈ 4 lines of code)", "### END CODE HERE ###", id="earlier ones"
        ),
        pytest.param("### BEGIN SOLUTION", "### END SOLUTION", id="nbgrader's"),
        pytest.param("# Start code here", "# end code here", id="in small letters"),
        pytest.param("#your code starts here#", "  # YOUR CODE ENDS HERE (2 lines)", id="without blanks"),
        pytest.param("# START CODE HERE", "# YOUR CODE ENDS HERE", id="of two editions"),
    ],
)
def test_a_region_is_what_stands_between_two_markers(start: str, end: str) -> None:
    found, problems = regions(f"x = 1\n{start}\ny = 2\n{end}\nz = 3")
    assert (found, problems) == ((Region(2, 4),), ())
    assert "y = 2" not in without_answers(f"x = 1\n{start}\ny = 2\n{end}\nz = 3")


@pytest.mark.parametrize(
    ("source", "line", "says"),
    [
        pytest.param("# START COD HERE\nx\n# END CODE HERE", 1, "`START COD HERE` is no", id="misspelt"),
        pytest.param("#STRAT CODE HERE#", 1, "`STRAT CODE HERE` is no marker", id="letters swapped"),
        pytest.param("# YOUR CODE START HERE", 1, "`YOUR CODE START HERE` is no marker", id="a letter short"),
        pytest.param("### BEGIN SOLUTON", 1, "`BEGIN SOLUTON` is no marker", id="nbgrader's, misspelt"),
        pytest.param("# Your code begins here", 1, "is no marker", id="in other words"),
        pytest.param("# the answer ends here", 1, "is no marker", id="in other words, the end"),
        pytest.param("x = 2  # SOLUTION", 1, "`SOLUTION` is no marker", id="otter's"),
        pytest.param("x\n# END CODE HERE", 2, "END CODE HERE ends no region", id="an end alone"),
        pytest.param("x\n# START CODE HERE\ny", 2, "never ends", id="a start alone"),
        pytest.param("# END CODE HERE\ny\n# START CODE HERE", 1, "ends no region", id="the wrong way round"),
        pytest.param(
            "# START CODE HERE\n# BEGIN SOLUTION\nx\n# END SOLUTION\n# END CODE HERE",
            2, "BEGIN SOLUTION, and the region of line 1 has not ended", id="nested",
        ),
        pytest.param(
            "# START CODE HERE\nx\n# START CODE HERE\nx\n# END CODE HERE", 3, "has not ended", id="twice"
        ),
        pytest.param(
            "# BEGIN SOLUTION\nx\n# END HIDDEN TESTS", 3, "does not end what began on line 1", id="two kinds"
        ),
        pytest.param("x = 1  # START CODE HERE\n# END CODE HERE", 1, "has code beside it", id="beside code"),
        pytest.param("# from START CODE HERE to END CODE HERE", 1, "it names both", id="both"),
        pytest.param(
            "def f():\n    # START CODE HERE\n    x = 1\ndef g():\n    # END CODE HERE\n    pass",
            4, "the region of line 2 runs into g", id="into the next function",
        ),
    ],
)  # fmt: skip
def test_a_marker_that_means_nothing_is_named_with_its_line(source: str, line: int, says: str) -> None:
    problem = regions(source)[1][0]
    assert problem.line == line
    assert says in problem.says
    assert problem.advice


FUNCTION = "def {0}():\n    # START CODE HERE\n    x = 1\n    # END CODE HERE\n    return x\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("# END CODE HERE", "# END CODE HRE", id="an end that is misspelt"),
        pytest.param("# END CODE HERE", "# stop of the code", id="an end in other words"),
        pytest.param("# END CODE HERE", "x = 2  # END CODE HERE", id="an end beside code"),
        pytest.param("# START CODE HERE", "# STRAT CODE HERE", id="a start that is misspelt"),
        pytest.param("# START CODE HERE", "# your code begins here", id="a start in other words"),
        pytest.param("# START CODE HERE", "y = 1  # START CODE HERE", id="a start beside code"),
        pytest.param("# START CODE HERE", "# START CODE HERE\n    # BEGIN SOLUTION", id="two starts"),
    ],
)
@pytest.mark.parametrize("behind", ["", FUNCTION.format("g")], ids=["the last", "with one behind it"])
def test_one_wrong_marker_is_one_fault_and_what_follows_from_it_is_none(
    right: str, wrong: str, behind: str
) -> None:
    source = FUNCTION.format("f").replace(right, wrong) + behind
    at = source.split("\n").index(f"    {wrong.rpartition(chr(10))[2].strip()}") + 1
    assert [problem.line for problem in regions(source)[1]] == [at]
    assert "x = 1" not in without_answers(source), "and no answer is handed out for it"


def test_regions_one_in_the_other_are_one_fault() -> None:
    problems = regions("# START CODE HERE\n# BEGIN SOLUTION\nx\n# END SOLUTION\n# END CODE HERE")[1]
    assert [problem.line for problem in problems] == [2]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("# your code begins here", "# YOUR CODE STARTS HERE"),
        ("# YOUR COD END HERE", "# YOUR CODE ENDS HERE"),
    ],
)
def test_what_begins_is_not_taken_for_an_end(wrong: str, right: str) -> None:
    assert right in regions(f"{wrong}\nx")[1][0].advice


def test_two_wrong_markers_are_two_faults() -> None:
    assert [one.line for one in regions("# STRAT CODE HERE\nx\n# END CODE HRE")[1]] == [1, 3]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param('print("# START CODE HERE")', id="a text"),
        pytest.param('"""\n# START CODE HERE\n"""', id="a docstring"),
        pytest.param("# YOUR CODE HERE", id="the placeholder of nbgrader"),
        pytest.param("# the solution is unique\n# here we start", id="a comment on something else"),
        pytest.param(
            "# START CODE HERE\nx  # the end of the code\n# END CODE HERE", id="a comment in an answer"
        ),
        pytest.param("%matplotlib inline\n!ls # here", id="magics"),
    ],
)
def test_what_is_no_marker_is_left_alone(source: str) -> None:
    assert regions(source)[1] == ()


def test_a_cell_that_does_not_parse_has_markers_all_the_same() -> None:
    assert regions("def f(:\n# START CODE HERE\nx = '''\n# END CODE HERE")[0] == (Region(2, 4),)


# ---------------------------------------------------------------- emptied


def test_a_region_in_a_function_raises_and_one_outside_says_where_to_write() -> None:
    source = "class A:\n    # BEGIN SOLUTION\n    k = 1\n    # END SOLUTION\n\n    def f(self):\n"
    source += "        # BEGIN SOLUTION\n        return 1\n        # END SOLUTION\n"
    emptied = without_answers(source)
    compile(emptied, "stub", "exec")
    assert f"    {OUTSIDE}" in emptied
    assert '        raise NotImplementedError("f is not written yet")\n' in emptied
    assert "SOLUTION" not in emptied, "the markers of this course stand there instead"
    assert without_answers(emptied) == emptied


def test_hidden_tests_are_gone_without_a_trace() -> None:
    source = "f(1)\n### BEGIN HIDDEN TESTS\nassert f(2) == 4\n### END HIDDEN TESTS\nf(3)"
    assert without_answers(source) == "f(1)\nf(3)"


def test_a_region_behind_a_function_is_not_in_it() -> None:
    assert OUTSIDE in without_answers("def f():\n    return 1\n\n\n# BEGIN SOLUTION\nx = f()\n# END SOLUTION")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("### BEGIN SOLUTION", "### END SOLUTION", id="nbgrader's"),
        pytest.param("<!-- BEGIN SOLUTION -->", "<!-- END SOLUTION -->", id="in a comment"),
        pytest.param(*OURS, id="of this course"),
    ],
)
def test_an_answer_in_a_text_is_emptied(start: str, end: str) -> None:
    assert without_answers(f"Why?\n{start}\nForty-two.\n{end}", code=False) == f"Why?\n{IN_TEXT}"


def test_a_text_may_speak_of_markers_and_of_solutions() -> None:
    text = "## Solution\n\nWrite between `# START CODE HERE` and\n`# END CODE HERE`.\n\n## Start here"
    assert regions(text, code=False) == ((), ())
