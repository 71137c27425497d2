"""deeplearning.ai notebooks as sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.importers import dlai
from grader.importers.dlai_markers import with_markers
from grader.importers.importing import imported
from grader.importers.source import Role, SourceNotebook, Unreadable
from grader.notebooks.markers import regions
from grader.sandbox.fork_server import ForkServer

GRADED = """# UNQ_C1
# GRADED FUNCTION: f
def f(x):
    \"\"\"Add one.\"\"\"
    ### START CODE HERE ###
    y = x + 1
    ### END CODE HERE ###
    return y
"""
TESTS = """
from test_utils import close

def f_test(target):
    close(target(1), 2)
"""
INNER = "        ### START CODE HERE ###\n        # y = 2\n        ### END CODE HERE ###\n"
UTILS = "import numpy as np\n\ndef close(one, other):\n    assert np.isclose(one, other)\n"


def read(folder: Path, *cells: str) -> SourceNotebook | Unreadable:
    made = [{"cell_type": "code", "source": one, "metadata": {}, "outputs": []} for one in cells]
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}
    (folder / "W1.ipynb").write_text(json.dumps(notebook))
    (found,) = dlai.read(folder / "W1.ipynb")
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "public_tests.py").write_text(TESTS)
    (tmp_path / "test_utils.py").write_text(UTILS)
    (tmp_path / "other.py").write_text("")
    return tmp_path


def source(folder: Path, *cells: str) -> SourceNotebook:
    found = read(folder, *cells)
    assert isinstance(found, SourceNotebook)
    return found


def test_a_public_test_is_a_test_of_the_function_it_gets(folder: Path) -> None:
    found = source(
        folder, "import numpy as np\nfrom public_tests import *", GRADED, "print(f(3))\n\nf_test(f)"
    )
    assert [(one.number, one.role) for one in found.cells] == [
        (1, Role.CODE),
        (2, Role.SOLUTION),
        (3, Role.CODE),
        (3, Role.TEST),
    ]
    assert found.cells[0].source == "import numpy as np"
    assert found.cells[3].of == ("f",)
    assert found.cells[3].pieces[0].source == "from given_tests import f_test\n\nf_test(f)"


def test_a_missing_module_with_the_tests_is_called_by_its_own_name(tmp_path: Path) -> None:
    found = source(tmp_path, GRADED, "f_test(f)")
    assert found.cells[1].pieces[0].source == "from public_tests import f_test\nf_test(f)"


def test_two_tests_of_one_function_have_names_of_their_own(folder: Path) -> None:
    found = source(folder, GRADED, "f_test(f)\nf_test(f)")
    assert [one.name for one in found.of_role(Role.TEST)] == ["f_test", "f_test 2"]


def test_only_the_module_with_the_tests_and_its_imports_are_helpers(folder: Path) -> None:
    found = source(folder, GRADED, "f_test(f)")
    assert found.helpers.keys() == {"given_tests.py", "test_utils.py"}
    assert not found.modules


def test_a_function_without_a_public_test_is_tested_by_what_tries_it_out(tmp_path: Path) -> None:
    found = source(tmp_path, GRADED, "print(f(3))", "print(f(4))")
    assert [(one.of, one.source) for one in found.of_role(Role.TEST)] == [(("f",), "print(f(3))")]


def test_a_function_that_uses_a_graded_one_does_not_try_it_out(tmp_path: Path) -> None:
    uses = "def model(x):\n    return f(x)"
    found = source(tmp_path, uses, GRADED, uses.replace("model", "other"), "print(f(4))")
    assert [(one.of, one.source) for one in found.of_role(Role.TEST)] == [(("f",), "print(f(4))")]


def test_a_function_that_a_test_gets_is_graded_whatever_its_cell_says(folder: Path) -> None:
    found = source(folder, GRADED, "def g(x):\n    return 2", "f_test(f)", "f_test(g)")
    assert [one.of for one in found.of_role(Role.TEST)] == [("f",), ("g",)]
    assert len([*found.of_role(Role.SOLUTION)]) == 2


def test_an_ungraded_function_is_not_graded(folder: Path) -> None:
    found = source(folder, GRADED, "f_test(f)", GRADED.replace("# GRADED", "# UNGRADED").replace("f(", "h("))
    assert [one.role for one in found.cells] == [Role.SOLUTION, Role.TEST, Role.CODE]


def test_the_notebook_that_students_receive_is_named(folder: Path) -> None:
    found = read(folder, GRADED.replace("y = x + 1", "# y = None\n"), "f_test(f)")
    assert isinstance(found, Unreadable)
    assert "it has no solutions" in found.problem


@pytest.mark.parametrize(
    "cell",
    [
        GRADED.replace("### END CODE HERE ###", "# the end"),
        GRADED.replace("    ### START CODE HERE ###\n", ""),
        GRADED.replace("    return y", f"    # if x:\n{INNER}    return y"),
    ],
    ids=["no end", "no start", "inside a comment"],
)
def test_where_markers_are_wrong_the_whole_body_is_the_answer(cell: str) -> None:
    marked = with_markers(cell, ["f"])
    (region,), problems = regions(marked)
    assert not problems
    inside = marked.split("\n")[region.start : region.end - 1]
    assert [line.strip() for line in inside if "#" not in line] == ["y = x + 1", "return y"]


def test_a_graded_cell_may_import_the_tests(folder: Path) -> None:
    found = source(folder, f"import math\nfrom public_tests import *\n\n{GRADED}", "f_test(f)")
    (answer,) = found.of_role(Role.SOLUTION)
    assert answer.source.startswith("import math\n")
    assert "public_tests" not in answer.source
    assert (found.modules.keys(), found.helpers.keys()) == (set(), {"given_tests.py", "test_utils.py"})


def test_who_imports_all_of_the_tests_gets_the_modules_that_they_import(folder: Path) -> None:
    (folder / "public_tests.py").write_text(f"import numpy as np\nimport other\n{TESTS}")
    found = source(folder, "from public_tests import *", GRADED, "print(np.exp(f(1)))", "f_test(f)")
    assert found.cells[0].source == "import numpy as np"


def test_what_a_notebook_imports_itself_is_not_imported_again(folder: Path) -> None:
    (folder / "public_tests.py").write_text(f"import numpy as np\n{TESTS}")
    found = source(folder, "import numpy as np\nfrom public_tests import *", GRADED, "f_test(f)")
    assert found.cells[0].source == "import numpy as np"


def test_checks_of_the_machines_of_the_course_are_there(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, sandbox: ForkServer
) -> None:
    (folder / "public_tests.py").write_text(
        "import numpy as np\nfrom dlai_tools.testing_utils import multiple_test\n\ndef f_test(target):\n"
        "    given = [np.array([1.0, 4.0])]\n    expected = np.array([2.0, 5.0])\n"
        "    multiple_test([{'name': name, 'input': given, 'expected': expected, 'error': name} for name in\n"
        "        ('datatype_check', 'shape_check', 'equation_output_check')], target)\n"
    )
    root = tmp_path_factory.mktemp("course")
    for name in ("solutions", "testcases"):
        (root / name).mkdir()
    changing = GRADED.replace("y = x + 1", "x += 1\n    y = x")
    one = imported(source(folder, "from public_tests import *", changing, "f_test(f)"), Course(root), sandbox)
    assert (one.problem, one.listed) == ("", ())
    wrong = imported(
        source(folder, "from public_tests import *", GRADED.replace("x + 1", "[x]"), "f_test(f)"),
        Course(tmp_path_factory.mktemp("other")),
        sandbox,
    )
    assert [each.reason for each in wrong.listed] == [
        "it fails with the source's own answers: AssertionError: datatype_check"
    ]
