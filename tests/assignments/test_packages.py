"""Packages among the provided modules are handed out, and found by every kind of import."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.assignments.checksums import sources_sha256
from grader.assignments.course import Course
from grader.assignments.definition import importable
from grader.assignments.handout import NAME, read_handout
from grader.assignments.loader import load
from grader.authoring.release import Release, make_release
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.import_names import needed

SOLUTION = '''# %%
import numpy as np
from public_tests import *

import cs.layers as L
from cs import WIDTH
from tools.steps import halve

# %%
# GRADED FUNCTION: forward


def forward(x):
    """Scale x by the table, and halve it."""
    # YOUR CODE STARTS HERE
    y = halve(L.affine(x)) + WIDTH
    # YOUR CODE ENDS HERE

    return y


# %%
forward_test(forward)
'''
TESTCASES = """from cs.layers import affine
from tools import steps

from grader.testcase import exercise


@exercise(points=5)
def forward(rng):
    for n in (2, 3, 4):
        assert affine(2.0) == steps.halve(12.0)
        yield {"x": rng.standard_normal(n)}


@forward.drive
def _(student, x):
    y = steps.halve(affine(student.forward(x)))
    return y
"""
PACKAGE = {
    "cs/__init__.py": "import json\n\nfrom .layers import *\nfrom .layers import WIDTH\n",
    "cs/layers.py": "from .data.table import SCALE\n\nWIDTH = 2\n\n\ndef affine(x):\n    return SCALE * x\n",
    "cs/data/__init__.py": "",
    "cs/data/table.py": (
        "from pathlib import Path\n\nfrom .. import layers\n\n"
        "SCALE = float(Path(__file__).with_name('scale.txt').read_text(encoding='utf-8'))\n"
    ),
    "cs/data/scale.txt": "3.0\n",
    "tools/steps.py": "def halve(x):\n    # a package without a file of its own\n    return x / 2\n",
}
BODY = "    y = (lambda x: 3 * x / 2)(x) + 2\n"
STYLES = [
    pytest.param(
        "import cs.layers as L\nimport tools.steps", "tools.steps.halve(L.affine(x)) + L.WIDTH", id="as"
    ),
    pytest.param("from cs.layers import *\nfrom tools.steps import *", "halve(affine(x)) + WIDTH", id="*"),
    pytest.param(
        "from cs import *\nimport tools.steps as t", "t.halve(affine(x)) + WIDTH", id="* of the package"
    ),
    pytest.param(
        "from cs import layers\nfrom tools import steps", "steps.halve(layers.affine(x)) + 2", id="from"
    ),
    pytest.param(
        "import cs\nimport cs.layers, tools.steps", "tools.steps.halve(cs.layers.affine(x)) + 2", id="dots"
    ),
    pytest.param(
        "import importlib\nL = importlib.import_module('cs.layers')", "L.affine(x) / 2 + 2", id="by a text"
    ),
]


@pytest.fixture
def course(small_course: Callable[..., Course]) -> Course:
    return small_course(
        SOLUTION, TESTCASES, **{f"solutions/small/{path}": text for path, text in PACKAGE.items()}
    )


def released(course: Course, sandbox: ForkServer) -> Release:
    definition = load(course, "small")
    made = make_release(definition, prepare(definition, sandbox, None), sandbox)
    made.write(course.root)
    return made


def answer(imports: str, value: str) -> str:
    return f"{imports}\n\n\ndef forward(x):\n    return {value}"


def test_modules_have_the_names_that_notebooks_import_them_by(course: Course) -> None:
    modules = load(course, "small").wanted.modules
    assert {*modules} == {"cs", "cs.layers", "cs.data", "cs.data.table", "tools.steps"}


@pytest.mark.parametrize(("imports", "value"), STYLES)
def test_every_kind_of_import_finds_them(
    course: Course, sandbox: ForkServer, notebook: Callable[..., bytes], imports: str, value: str
) -> None:
    assignment = prepare(load(course, "small"), sandbox, "s")
    report = grade(assignment, sandbox, notebook(answer(imports, value)), id="a", file="a.ipynb")
    assert (report.points, report.notes) == (5, ())
    wrong = grade(assignment, sandbox, notebook(answer(imports, f"1 + {value}")), id="a", file="a.ipynb")
    assert wrong.points == 0


def test_a_notebook_may_write_a_module_into_a_package(
    course: Course, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment = prepare(load(course, "small"), sandbox, "s")
    own = "%%writefile tools/more.py\nfrom .steps import halve\n\ndef quarter(x):\n    return halve(x) / 2"
    cells = (
        own,
        answer("from cs.layers import *\nfrom tools.more import quarter", "2 * quarter(affine(x)) + WIDTH"),
    )
    assert grade(assignment, sandbox, notebook(*cells), id="a", file="a.ipynb").points == 5


def test_data_in_a_package_is_found_by_its_modules(
    course: Course, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    assignment = prepare(load(course, "small"), sandbox, "s")
    for reading in (
        "import pkgutil\nimport cs.data\nS = float(pkgutil.get_data('cs.data', 'scale.txt'))",
        "import importlib.resources as r\nS = float((r.files('cs.data') / 'scale.txt').read_text())",
        "S = float(open('cs/data/scale.txt').read())",
        "import cs.data as d\nS = float(open(d.__file__.replace('__init__.py', 'scale.txt')).read())",
    ):
        report = grade(
            assignment, sandbox, notebook(answer(reading, "S * x / 2 + 2")), id="a", file="a.ipynb"
        )
        assert report.points == 5, (reading, report.exercises[0].message)


def test_a_release_has_them_where_imports_find_them_and_is_proven_current(
    course: Course, sandbox: ForkServer
) -> None:
    made = released(course, sandbox)
    folder = course.root / "assignments" / "small"
    for path, text in PACKAGE.items():
        assert (folder / path).read_text(encoding="utf-8") == text
    assert made.stale(course.root) == []
    (folder / "cs" / "layers.py").write_text("", encoding="utf-8")
    (folder / "cs" / "data" / "__init__.py").unlink()
    stale = made.stale(course.root)
    assert [message.partition(":")[0] for message in sorted(stale)] == [
        "assignments/small/cs/data/__init__.py",
        "assignments/small/cs/layers.py",
    ]


def test_a_module_in_a_package_is_handed_out_without_its_marked_answers(
    course: Course, sandbox: ForkServer
) -> None:
    module = course.root / "solutions" / "small" / "tools" / "steps.py"
    marked = "def halve(x):\n    # YOUR CODE STARTS HERE\n    return x / 2\n    # YOUR CODE ENDS HERE\n"
    module.write_text(marked, encoding="utf-8")
    released(course, sandbox)
    folder = course.root / "assignments" / "small"
    assert "x / 2" not in (folder / "tools" / "steps.py").read_text(encoding="utf-8")
    assert "x / 2" not in read_handout(folder / NAME).wanted.modules["tools.steps"]


def test_what_was_handed_out_is_graded_without_the_course(
    course: Course, sandbox: ForkServer, notebook: Callable[..., bytes], tmp_path: Path
) -> None:
    released(course, sandbox)
    shutil.copytree(course.root / "assignments" / "small", tmp_path / "desk")
    shutil.rmtree(course.root)
    handout = read_handout(tmp_path / "desk" / NAME).assignment()
    right = notebook(answer("from cs import *\nfrom tools.steps import halve", "halve(affine(x)) + WIDTH"))
    assert grade(handout, sandbox, right, id="a", file="a.ipynb").points == 5


def test_the_public_tests_import_them_beside_the_notebook(course: Course, sandbox: ForkServer) -> None:
    released(course, sandbox)
    program = answer("from cs import *\nfrom tools.steps import halve", "halve(affine(x)) + WIDTH")
    done = subprocess.run(
        [sys.executable, "-c", f"from public_tests import *\n{program}\nforward_test(forward)"],
        cwd=course.root / "assignments" / "small",
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, "All tests passed" in done.stdout) == (0, True), done.stderr


@pytest.mark.parametrize("path", PACKAGE)
def test_a_change_of_any_file_changes_the_digests(course: Course, path: str) -> None:
    before = load(course, "small")
    file = course.root / "solutions" / "small" / path
    file.write_text(f"{PACKAGE[path]} ", encoding="utf-8")
    after = load(course, "small")
    assert before.sha256 != after.sha256
    assert before.mistakes_sha256 != after.mistakes_sha256


def test_a_module_that_moves_to_another_package_changes_the_digest(tmp_path: Path) -> None:
    digests = set()
    for name in ("cs/layers.py", "cs/solver.py", "tools/layers.py", "layers.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x = 1", encoding="utf-8")
        digests.add(sources_sha256([path], []))
        digests.add(sources_sha256([path], [tmp_path]))
        path.unlink()
    assert len(digests) == 4


def test_what_modules_import_is_imported_ahead(course: Course) -> None:
    wanted = load(course, "small").wanted
    assert {"json", "pathlib", "numpy"} <= wanted.imports
    program = wanted.program(())
    assert needed(program) == frozenset()
    statement = load(course, "small").reference.parts["forward"].statements
    assert {"json", "pathlib"} <= needed(wanted.program(statement))


def test_the_packages_of_one_assignment_are_forgotten_after_it(course: Course) -> None:
    folder = course.folders("small")[0]
    with importable(folder):
        import cs.layers  # type: ignore[import-not-found]  # noqa: F401
    assert not {name for name in sys.modules if name.partition(".")[0] in {"cs", "tools"}}


@pytest.mark.parametrize(
    ("path", "says", "advice"),
    [
        pytest.param("cs.py", "cs.py is cs too", "Give one of them another name", id="both"),
        pytest.param(
            "tools.py", "the folder of .*steps.py has the same name", "tools/__init__.py", id="no file"
        ),
        pytest.param("cs/2d.py", "no notebook can import it, as 2d is no name", "Rename 2d", id="no name"),
        pytest.param(
            "cs-2/a.py", "no notebook can import it, as cs-2 is no name", "Rename cs-2", id="a folder"
        ),
        pytest.param("cs/class.py", "as class is no name in Python", "Rename class", id="a keyword"),
        pytest.param(
            "public_tests/a.py", "writes a module of the name", "Give its folder another", id="ours"
        ),
        pytest.param("public_tests.py", "writes a module of the name", "Give it another", id="our own file"),
        pytest.param("__init__.py", "it makes no package", "into a folder", id="the folder itself"),
    ],
)
def test_what_cannot_be_imported_is_named(course: Course, path: str, says: str, advice: str) -> None:
    file = course.root / "solutions" / "small" / path
    file.parent.mkdir(exist_ok=True)
    file.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(AssignmentError, match=says) as caught:
        load(course, "small")
    problem, keystroke = str(caught.value).split("\n")
    assert str(file) in problem
    assert advice in keystroke


def test_a_module_that_does_not_parse_is_named_with_its_line(course: Course) -> None:
    file = course.root / "solutions" / "small" / "cs" / "layers.py"
    file.write_text("x = 1\ndef broken(:\n", encoding="utf-8")
    with pytest.raises(AssignmentError) as caught:
        load(course, "small")
    assert str(caught.value) == f"{file}, line 2: it does not parse: invalid syntax\n  Mend it."


def test_a_package_has_other_names_in_other_editions(
    course: Course, sandbox: ForkServer, notebook: Callable[..., bytes]
) -> None:
    tests = course.testcases("small")
    tests.write_text(TESTCASES + 'ALIASES = {"tools": ("utensils",)}\n', encoding="utf-8")
    assignment = prepare(load(course, "small"), sandbox, "s")
    imports = "from cs.layers import *\nfrom utensils.steps import halve"
    right = notebook(answer(imports, "halve(affine(x)) + WIDTH"))
    assert grade(assignment, sandbox, right, id="a", file="a.ipynb").points == 5
    tests.write_text(TESTCASES + 'ALIASES = {"css": ("cs_v1",)}\n', encoding="utf-8")
    with pytest.raises(AssignmentError, match="ALIASES names css"):
        load(course, "small")


def test_other_solutions_in_folders_leave_the_digest_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "broken" / "slip.py"
    path.parent.mkdir()
    path.write_text("x = 1", encoding="utf-8")
    assert sources_sha256([path], [tmp_path]) == sources_sha256([path], [])
