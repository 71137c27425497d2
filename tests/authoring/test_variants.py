"""Broken and accepted versions say what they are, and define graded functions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.assignments.course import Course
from grader.assignments.definition import Definition
from grader.assignments.loader import load
from grader.authoring.variants import snippets
from grader.errors import AssignmentError

NewCourse = Callable[..., Course]


def test_the_first_assignment_has_many_of_both(definition: Definition) -> None:
    broken, accepted = snippets(definition, "broken"), snippets(definition, "accepted")
    assert len(broken) >= 20
    assert len(accepted) >= 10
    assert {name for snippet in broken for name in snippet.functions} == set(definition.wanted.functions)


def test_a_version_is_what_its_file_says(small_course: NewCourse) -> None:
    source = '"""Adds.\n\nMore."""\n\ndef helper():\n    pass\n\ndef double(x):\n    return x + 2\n'
    course = small_course(**{"testcases/small/broken/adds.py": source})
    (snippet,) = snippets(load(course, "small"), "broken")
    assert (snippet.says, snippet.source, set(snippet.functions)) == ("Adds.", source, {"double"})
    assert snippets(load(course, "small"), "accepted") == []


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param('"""It."""\ndef double(x)\n', "line 2: expected ':'", id="syntax"),
        pytest.param("def double(x):\n    return x\n", "it does not say what it is", id="no docstring"),
        pytest.param('"""It."""\ndef triple(x):\n    return x\n', "defines no graded function", id="another"),
    ],
)
def test_a_fault_of_a_version_is_told_with_the_remedy(
    small_course: NewCourse, source: str, says: str
) -> None:
    course = small_course(**{"testcases/small/broken/odd.py": source})
    with pytest.raises(AssignmentError) as error:
        snippets(load(course, "small"), "broken")
    assert says in str(error.value)
    assert "odd.py" in str(error.value)
    assert "\n  " in str(error.value)


def test_a_version_in_another_encoding_is_told_with_the_remedy(small_course: NewCourse) -> None:
    course = small_course(**{"testcases/small/broken/odd.py": ""})
    (course.root / "testcases/small/broken/odd.py").write_bytes(b'"""Caf\xe9."""\n')
    with pytest.raises(AssignmentError, match=r"odd\.py: it is not text in UTF-8 \(byte 6\)"):
        snippets(load(course, "small"), "broken")


METHODS = """# %%
# GRADED CLASS: Number
class Number:
    def __init__(self, x):
        self.x = x

    def double(self):
        \"\"\"Return twice the number.\"\"\"
        # YOUR CODE STARTS HERE
        return 2 * self.x
        # YOUR CODE ENDS HERE

    def half(self):
        \"\"\"Return half of the number.\"\"\"
        # YOUR CODE STARTS HERE
        return self.x / 2
        # YOUR CODE ENDS HERE
"""
OF_METHODS = """from grader.testcase import exercise


@exercise(name="Number.double")
def double(rng):
    yield {"x": rng.normal()}


@double.drive
def _(student, x):
    return student.Number(x).double()


@exercise(name="Number.half")
def half(rng):
    yield {"x": rng.normal()}


@half.drive
def _(student, x):
    return student.Number(x).half()
"""
HALF_IS_WRONG = '''"""Divides by 3."""


class Number:
    def __init__(self, x):
        self.x = x

    def double(self):
        return 2 * self.x

    def half(self):
        return self.x / 3
'''


def test_a_version_of_a_class_is_one_of_the_methods_that_differ_in_more_than_their_docstrings(
    small_course: NewCourse,
) -> None:
    course = small_course(METHODS, OF_METHODS, **{"testcases/small/broken/third.py": HALF_IS_WRONG})
    (snippet,) = snippets(load(course, "small"), "broken")
    assert snippet.functions == {"Number.half"}
