"""The distributions are ours by name, and what students install has no answers in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import grader
from grader.assignments import course
from grader.assignments.course import Course, shipped_course
from grader.cli import main

ROOT = Path(__file__).parents[1]
COURSE = ROOT / "course"
TEXTS = {".py", ".md", ".toml", ".ini", ".yml", ".html", ".ipynb", ".json", ".txt", ""}
PLACES = (
    ".ci",
    "assignments",
    "bench",
    "course",
    "docs",
    "grader",
    "public_tests",
    "solutions",
    "testcases",
    "tests",
)

ANOTHER_GRADER = re.compile(
    r"pip3?\"? install\b[^\n]*?(?<![\w./-])grader(?![\w./-])|\bgrader\s*(==|>=|~=)\s*\d"
)
"""Words by which pip is told, or a file requires, what is somebody else's on the package index."""

SECRETS = re.compile(r"(^|/)(solutions|testcases|broken|accepted|samples|tests)/|\.mistakes\.h5$")
"""What is in no file that students install."""


def texts() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.is_file() and path.suffix in TEXTS)
    for place in PLACES:
        for path in (ROOT / place).rglob("*"):
            if path.is_file() and path.suffix in TEXTS and "__pycache__" not in path.parts:
                yield path


@pytest.mark.parametrize(
    ("line", "found"),
    [
        pytest.param("pip install grader", True, id="by its name"),
        pytest.param("$ pip3 install -U 'grader[cluster]'", True, id="with an extra"),
        pytest.param('RUN pip install "grader @ git+https://..."', True, id="by an address"),
        pytest.param("grader==0.1.0", True, id="required"),
        pytest.param("pip install numpy-grader numpy_grader.whl", False, id="ours"),
        pytest.param(".venv/bin/pip install . && .venv/bin/grader demo", False, id="the command"),
    ],
)
def test_it_is_known_who_is_told_to_install_another_grader(line: str, found: bool) -> None:
    assert bool(ANOTHER_GRADER.search(line)) is found


def test_no_text_tells_to_install_another_grader() -> None:
    me = Path(__file__)
    found = [
        path for path in texts() if path != me and ANOTHER_GRADER.search(path.read_text("utf-8", "replace"))
    ]
    assert found == []


def test_both_distributions_have_the_version_of_the_package() -> None:
    projects = [
        tomllib.loads((folder / "pyproject.toml").read_text())["project"] for folder in (ROOT, COURSE)
    ]
    assert [project["name"] for project in projects] == ["numpy-grader", "numpy-grader-course"]
    assert {project["version"] for project in projects} == {grader.__version__}
    assert projects[0]["optional-dependencies"]["instructor"] == [projects[1]["name"]]


# ---------------------------------------------------------------- what is in them


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], set[str]]:
    """A function from the folder of a distribution to the names of the files in its wheel, or its sdist."""
    made = tmp_path_factory.mktemp("dist")

    def build(source: Path, target: str) -> set[str]:
        folder = made / f"{source.name}-{target}"
        command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
        subprocess.run(command, cwd=source, check=True, capture_output=True)
        (file,) = folder.iterdir()
        if target == "wheel":
            return set(zipfile.ZipFile(file).namelist())
        with tarfile.open(file) as archive:
            return {name.partition("/")[2] for name in archive.getnames()}

    return build


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_what_students_install_has_what_they_receive_and_no_answers(built, target: str) -> None:
    names = built(ROOT, target)
    inside = "grader/exercises" if target == "wheel" else "assignments"
    received = {path.relative_to(ROOT / "assignments") for path in (ROOT / "assignments").rglob("*.*")}
    assert {f"{inside}/{path}" for path in received if "__pycache__" not in path.parts} <= names
    ours = (name for name in names if not name.startswith("grader/authoring/template/"))  # of `grader new`
    assert [name for name in ours if SECRETS.search(name)] == []
    assert "grader/cli/check.py" in names


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_what_instructors_install_is_a_course(built, target: str) -> None:
    names = built(COURSE, target)
    inside = "grader_course/" if target == "wheel" else ""
    for file in (
        "assignments/dnn_step_by_step/grader_check.bin",
        "public_tests/dnn_step_by_step.mistakes.h5",
        "solutions/dnn_step_by_step.py",
        "solutions/dnn_step_by_step/figures/outline.png",
        "testcases/dnn_step_by_step/samples/class.toml",
        "testcases/dnn_step_by_step/samples/trial.py",
    ):
        assert f"{inside}{file}" in names
    assert not any(name.startswith("grader/") for name in names)


def test_no_graded_function_is_written_in_what_students_install() -> None:
    defined = re.compile(
        r"^\s*def (initialize_parameters|linear_|L_model_|compute_cost|update_parameters)", re.MULTILINE
    )
    package = Path(grader.__file__).parent
    assert [
        path
        for path in package.rglob("*.py")
        if "exercises" not in path.parts and defined.search(path.read_text())
    ] == []


def test_a_wheel_is_built_from_the_source_distribution_of_the_course(tmp_path: Path) -> None:
    def build(where: Path, target: str) -> Path:
        command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(tmp_path / target)]
        subprocess.run(command, cwd=where, check=True, capture_output=True)
        return next((tmp_path / target).iterdir())

    with tarfile.open(build(COURSE, "sdist")) as archive:
        archive.extractall(tmp_path)  # our own; Debian's Python 3.11.2 has no filters
    names = zipfile.ZipFile(build(tmp_path / f"numpy_grader_course-{grader.__version__}", "wheel")).namelist()
    assert "grader_course/solutions/dnn_step_by_step.py" in names


# ---------------------------------------------------------------- without the course


@pytest.fixture
def without_course(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """As on a student's machine: an empty folder, no checkout, no course that is installed."""
    monkeypatch.setattr(course, "SHIPPED", "a_course_that_is_nowhere")
    monkeypatch.setattr(course, "CHECKOUT", tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ["demo"],
        ["grade", "dnn_step_by_step", "x.ipynb"],
        ["grade", "x.ipynb"],
        ["validate", "dnn_step_by_step"],
    ],
    ids=" ".join,
)
def test_without_the_course_a_command_says_what_to_install(
    command: list[str], without_course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (without_course / "x.ipynb").write_text("{}")
    with pytest.raises(SystemExit) as end:
        main([*command, "--isolation", "weak"])
    said = capsys.readouterr().err
    assert end.value.code == 2
    assert "pip install . ./course" in said
    assert said.count("\n") == 1


def test_the_course_is_found_where_it_is_installed(
    without_course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = without_course / "elsewhere" / "a_course_that_is_somewhere"
    for folder in ("solutions", "testcases"):
        (installed / folder).mkdir(parents=True)
    (installed / "__init__.py").touch()
    monkeypatch.setattr(course, "SHIPPED", installed.name)
    monkeypatch.syspath_prepend(installed.parent)
    assert shipped_course() == Course(installed, shipped=True)


# ---------------------------------------------------------------- the README's two commands


def commands_of(page: str) -> list[str]:
    return re.findall(r"^python3 -m venv .*$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)


def test_ci_types_what_the_readme_says_and_nothing_else() -> None:
    _, tested = commands_of("README.md")
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    typed = [line for line in lines if not line.startswith("#")]
    assert typed == ["set -eu", 'cd "$(dirname "$0")/.."', tested]


def test_the_readme_and_the_first_page_show_the_same_first_command() -> None:
    assert commands_of("README.md")[0] == commands_of("docs/index.md")[0]
    assert "pip install . ./course &&" in commands_of("README.md")[0]
