"""The documentation is so: its commands run and print what it shows, its generated pages are current."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from foreign_courses import make_foreign_courses

from grader.assignments.definition import Definition
from grader.authoring.sample_class import sample_class

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
SECONDS = 300
LARGEST_IMAGE = 150_000

# A part of a command that is not run here -> why.
NOT_RUN = {
    "pip install": "it needs the package index",
    "docker ": "it needs Docker",
    ". .venv/bin/activate": "the tests run in their own environment",
    "grader serve": "it serves until Ctrl-C",
    "grader submit": "it needs a service",
    " --watch": "it waits for saves until Ctrl-C",
    "grader demo": "it takes long, and tox runs it where grader is installed alone",
}

# How a command ends that does not end with 0.
STATUS = {
    "grader grade dnn_step_by_step submissions/": 1,  # one of them is a web page
    "grader grade submissions/": 1,
    "grader export results --to moodle-feedback": 1,  # they are not called as in Moodle's downloads
    "grader check": 1,  # a function of the notebook is wrong
}

SEED = "a secret of yours"
NOTEBOOK = "Building_your_Deep_Neural_Network_Step_by_Step.ipynb"
STUDENTS = ("ada", "emil", "fatima", "lena")
CLASS = "Name,Student ID\nAda Lovelace,ada\nZoe Zander,zoe\n"
CANVAS = "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
MOODLE = "Identifier,Full name,Grade,Maximum Grade,Last modified (grade),Feedback comments\n"


@dataclass(frozen=True)
class Command:
    """What a page tells its reader to type, and the lines that it shows; `...` stands for any."""

    typed: str
    shown: tuple[str, ...] = ()


def commands(page: Path) -> Iterator[Command]:
    """The commands of a page: each line of a `sh` block, and of a `console` block what follows `$ `."""
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        if not block.startswith("$ "):
            yield from (Command(line) for line in block.splitlines() if line and not line.startswith("#"))
            continue
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            typed, *shown = part.splitlines()
            yield Command(typed, tuple(shown))


def is_run(command: Command) -> bool:
    return not any(part in command.typed for part in NOT_RUN)


PAGES = [
    page for page in (ROOT / "README.md", *sorted(DOCS.glob("*.md"))) if any(map(is_run, commands(page)))
]


@pytest.fixture(scope="session")
def prepared(definition: Definition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that a page may name: submissions, their results, lists of the class, courses."""
    home = tmp_path_factory.mktemp("reader")
    samples = sample_class(definition)
    (home / "submissions").mkdir()
    (home / "some_notebooks").mkdir()
    (home / "exercises").mkdir()
    for student in STUDENTS:
        (home / "submissions" / f"{student}.ipynb").write_bytes(samples[f"{student}.ipynb"])
    (home / "some_notebooks/ada.ipynb").write_bytes(samples["ada.ipynb"])
    (home / NOTEBOOK).write_bytes(samples["fatima.ipynb"])
    (home / "class.csv").write_text(CLASS)
    (home / "gradebook.csv").write_text(
        CANVAS + "".join(f"{name},{i},,{name},A\n" for i, name in enumerate(STUDENTS, 1))
    )
    (home / "worksheet.csv").write_text(
        MOODLE + "".join(f"Participant {i},{name},,100,,\n" for i, name in enumerate(STUDENTS))
    )
    make_foreign_courses(home)
    ready = [
        Command(f'grader grade dnn_step_by_step submissions/ --seed "{SEED}"'),
        Command("cd exercises && grader new statistics"),
    ]
    for ended in run(home, ready):
        ended.check()
    return home


@dataclass(frozen=True)
class Ended:
    """How a command ended, and the lines that it printed."""

    command: Command
    status: int
    printed: tuple[str, ...]

    def check(self) -> None:
        """Fail unless it ended and printed as the page says."""
        typed = self.command.typed
        expected = next((status for start, status in STATUS.items() if typed.startswith(start)), 0)
        assert self.status == expected, "\n".join((typed, *self.printed))
        left = iter(self.printed)
        for line in self.command.shown:
            assert line == "..." or line.rstrip() in left, "\n".join(
                (typed, f"does not show: {line}", *self.printed)
            )


def run(home: Path, typed: list[Command]) -> Iterator[Ended]:
    """Type commands one after the other into a shell, as at a terminal of 80 columns."""
    said = home.with_name(f"{home.name}-said")
    said.mkdir()
    lines = [
        f"{{ {one.typed}\n}} >'{said}/{i}' 2>&1; echo $? >'{said}/{i}.status'" for i, one in enumerate(typed)
    ]
    environment = {
        **os.environ,
        "COLUMNS": "80",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    subprocess.run(["sh", "-c", "\n".join(lines)], cwd=home, env=environment, timeout=SECONDS, check=False)
    for i, one in enumerate(typed):
        printed = (said / str(i)).read_text(encoding="utf-8").splitlines()
        yield Ended(one, int((said / f"{i}.status").read_text()), tuple(line.rstrip() for line in printed))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_ends_as_it_says_and_shows_what_it_shows(
    page: Path, prepared: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(prepared, tmp_path / "home")
    for ended in run(home, [command for command in commands(page) if is_run(command)]):
        ended.check()


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), ROOT / "README.md"], ids=lambda page: page.name)
def test_a_page_that_types_grader_says_what_makes_that_work(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if re.search(r"^(\$ )?grader ", text, re.MULTILINE) and page.name != "changelog.md":
        assert ". .venv/bin/activate" in text


@pytest.mark.parametrize("part", [*NOT_RUN, *STATUS])
def test_no_exception_is_made_for_a_command_that_is_not_there(part: str) -> None:
    pages = (ROOT / "README.md", *DOCS.glob("*.md"))
    assert any(part in command.typed for page in pages for command in commands(page))


@pytest.mark.parametrize("name", ["commands.md", "results.schema.json"])
def test_a_generated_page_is_what_the_program_says(name: str) -> None:
    current = runpy.run_path(str(DOCS / "reference.py"))["pages"]()[name]
    assert (DOCS / name).read_text(encoding="utf-8") == current, "Run: python docs/reference.py"


@pytest.mark.parametrize("image", sorted((DOCS / "images").iterdir()), ids=lambda image: image.name)
def test_an_image_is_small_and_shown(image: Path) -> None:
    assert image.stat().st_size < LARGEST_IMAGE
    assert any(f"images/{image.name}" in page.read_text(encoding="utf-8") for page in DOCS.glob("*.md"))


def test_the_readme_links_to_what_is_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


@pytest.mark.parametrize("page", [*DOCS.glob("*.md"), ROOT / "README.md"], ids=lambda page: page.name)
def test_the_modules_and_files_of_ours_that_a_page_names_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    modules = re.findall(r"(?:from |import |`)(grader(?:\.[a-z_]+)+)\b(?!\()", text)
    files = [module.replace(".", "/") for module in modules] + re.findall(
        r"`((?:grader|tests|bench)/[\w./]+)`", text
    )
    assert not [
        file for file in files if not (ROOT / file).exists() and not (ROOT / file).with_suffix(".py").exists()
    ]
