"""The notebook of the first exercise: its figure, links, hints and outputs are there, and it runs."""

from __future__ import annotations

import base64
import contextlib
import importlib.metadata
import io
import re
import shutil
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import matplotlib as mpl
import nbformat
import numpy as np
import pytest
from nbconvert.exporters import HTMLExporter
from nbconvert.preprocessors import ExecutePreprocessor

from grader.notebooks.solution import read_solution

COURSE = Path(__file__).parents[2]
FOLDER = COURSE / "assignments" / "dnn_step_by_step"
STUB = FOLDER / "Building_your_Deep_Neural_Network_Step_by_Step.ipynb"
SOLUTION = COURSE / "solutions" / "dnn_step_by_step.py"
GRADED = (
    "initialize_parameters",
    "initialize_parameters_deep",
    "linear_forward",
    "linear_activation_forward",
    "L_model_forward",
    "compute_cost",
    "linear_backward",
    "linear_activation_backward",
    "L_model_backward",
    "update_parameters",
)
EXPECTED = re.compile(r"\*\*Expected output\*\*\n\n```text\n(.*?)```", re.DOTALL)
PROVIDED = ("dnn_utils", "public_tests", "testCases")
ALONE = ("numpy", "h5py", "matplotlib", "ipykernel")

# What the packages of Jupyter warn of is not ours to mend.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def stub() -> Any:
    return nbformat.read(STUB, as_version=4)


def texts(notebook: Any) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


# ---------------------------------------------------------------- what it says


def test_the_figure_of_the_outline_is_seen_before_anything_runs(stub: Any) -> None:
    assert not any(cell.get("outputs") for cell in stub.cells)
    (cell,) = [
        cell for cell in stub.cells if cell.cell_type == "markdown" and "## 2 - Outline" in cell.source
    ]
    assert "](attachment:outline.png)" in cell.source
    picture = base64.b64decode(cell.attachments["outline.png"]["image/png"])
    assert picture == (SOLUTION.with_suffix("") / "figures" / "outline.png").read_bytes()


def test_the_outline_has_the_ten_functions_in_their_order(stub: Any) -> None:
    (outline,) = [text for text in texts(stub) if text.startswith("## 2 - Outline")]
    assert tuple(re.findall(r"\[(\w+)\]\(#Exercise-\d+---\1\)", outline)) == GRADED
    assert {len(indent) for indent in re.findall(r"^( *)- ", outline, re.MULTILINE)} == {0, 4, 8}


class Page(HTMLParser):
    """The links within a page, and what they may lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = {key: value or "" for key, value in attributes}
        self.ids += [named["id"]] if tag in {"h1", "h2", "h3", "h4"} and "id" in named else []
        if tag == "a" and named.get("href", "").startswith("#") and named.get("class") != "anchor-link":
            self.links.append(named["href"].removeprefix("#"))


def test_every_link_leads_to_a_heading_as_jupyter_names_it(stub: Any) -> None:
    page = Page()
    page.feed(HTMLExporter().from_notebook_node(stub)[0])
    headings = [
        line.lstrip("# ") for text in texts(stub) for line in re.findall(r"^#+ .+$", text, re.MULTILINE)
    ]
    ids = [heading.replace(" ", "-") for heading in headings]  # the rule of Jupyter, old and new
    assert ids == page.ids
    (contents,) = [text for text in texts(stub) if text.startswith("## Contents")]
    assert re.findall(r"\[(.+?)\]\(", contents) == headings[2:]
    assert set(page.links) == set(ids[2:])


@pytest.mark.parametrize("function", GRADED)
def test_an_exercise_has_hints_a_cell_to_try_it_its_output_and_a_test(stub: Any, function: str) -> None:
    sources = [cell.source for cell in stub.cells]
    (place,) = [
        i for i, source in enumerate(sources) if source.startswith(f"# GRADED FUNCTION: {function}\n")
    ]
    before, invited, tried, output, test = sources[place - 1], *sources[place + 1 : place + 5]
    assert f"# Exercise {GRADED.index(function) + 1} - {function}\n" in before
    assert "<details>\n<summary><b>Hints</b></summary>\n\n- " in before
    assert before.count("<details>") == before.count("\n\n</details>") == 1
    assert invited.startswith("**Try it.**")
    assert f"{function}(" in tried
    assert EXPECTED.match(output)
    assert test == f"{function}_test({function})"


def test_the_first_cell_imports_and_sets_what_the_course_uses(stub: Any) -> None:
    first = next(cell.source for cell in stub.cells if cell.cell_type == "code")
    fixtures = re.findall(r"^def (\w+)", (FOLDER / "testCases.py").read_text(encoding="utf-8"), re.MULTILINE)
    needed = (
        "import h5py",
        "rcParams",
        "%load_ext autoreload\n%autoreload 2",
        "np.random.seed(1)",
        *fixtures,
    )
    assert [text for text in needed if text not in first] == []


# ---------------------------------------------------------------- what it computes


@pytest.fixture(scope="module")
def outputs() -> list[tuple[str, str]]:
    """What is printed by each cell of the solution that has an expected output, and that output."""
    cells = read_solution(SOLUTION).cells
    names: dict[str, Any] = {}
    found = []
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context(), np.printoptions():
        patch.chdir(FOLDER)
        patch.syspath_prepend(str(FOLDER))
        for module in PROVIDED:
            patch.setitem(sys.modules, module, None)  # so that what is there now comes back
            del sys.modules[module]
        patch.setattr("matplotlib.pyplot.show", lambda: None)
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            if cell.cell_type != "code":
                continue
            source = re.sub(r"^%.*$", "", cell.source, flags=re.MULTILINE)
            with contextlib.redirect_stdout(io.StringIO()) as text:
                exec(source, names)
            if following is not None and (expected := EXPECTED.match(following.source)):
                found.append((text.getvalue(), expected[1]))
    return found


def test_the_expected_outputs_are_those_of_the_reference(outputs: list[tuple[str, str]]) -> None:
    assert len(outputs) == len(GRADED) + 1, "one for each exercise, and one for the example of WX + b"
    for text, expected in outputs:
        assert text == expected


# ---------------------------------------------------------------- that it runs


def needed_by(*distributions: str) -> set[str]:
    """The names of distributions and of all that they need, without extras."""
    found: set[str] = set()
    left = [*distributions]
    while left:
        name = re.split(r"[^\w.-]", left.pop())[0].lower().replace("_", "-")
        if name not in found:
            found.add(name)
            with contextlib.suppress(importlib.metadata.PackageNotFoundError):
                requires = importlib.metadata.requires(name) or []
                left += [each for each in requires if "extra ==" not in each]
    return found


REFUSE = """
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"{{name}} is not among what students have")
sys.meta_path.insert(0, Refuse())
"""


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's folder, on a machine with NumPy, h5py, Matplotlib, Jupyter and what those need."""
    theirs = needed_by(*ALONE)
    installed = importlib.metadata.packages_distributions()
    others = {
        name for name, of in installed.items() if not {one.lower().replace("_", "-") for one in of} & theirs
    }
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "refuse.py").write_text(REFUSE.format(names={*others, "grader"}))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    return Path(shutil.copytree(FOLDER, tmp_path / "student"))


def executed(notebook: Any, folder: Path) -> str:
    """Run a notebook from top to bottom; return what it prints."""
    runner = ExecutePreprocessor(timeout=120, kernel_name="python3")
    runner.preprocess(notebook, {"metadata": {"path": str(folder)}})
    return "".join(map(printed, notebook.cells))


def printed(cell: Any) -> str:
    """What a cell printed; Jupyter may send it in several pieces."""
    return "".join(output.get("text", "") for output in cell.get("outputs", ()))


def test_what_students_do_not_have_is_refused(bare: Path) -> None:
    cell = nbformat.v4.new_code_cell("for name in ('grader', 'pandas', 'msgspec'):\n    __import__(name)")
    with pytest.raises(Exception, match="grader is not among what students have"):
        executed(nbformat.v4.new_notebook(cells=[cell]), bare)


def test_the_stub_runs_untouched_in_numpy_h5py_and_matplotlib_alone(bare: Path, stub: Any) -> None:
    text = executed(nbformat.from_dict(stub), bare)
    assert text.count("is not written yet.") == len(GRADED)
    assert "All tests passed" not in text


def test_the_solved_notebook_runs_in_them_too_and_prints_what_it_says(bare: Path) -> None:
    notebook = read_solution(SOLUTION)
    assert executed(notebook, bare).count("All tests passed") == len(GRADED)
    for cell, following in zip(notebook.cells[:-1], notebook.cells[1:], strict=True):
        if expected := EXPECTED.match(following.source):
            assert printed(cell) == expected[1]
    *_, last = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert any("image/png" in output.get("data", {}) for output in last.outputs), "the training is drawn"
