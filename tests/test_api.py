"""The Python interface: what is public is there and typed, and does what its page shows."""

from __future__ import annotations

import ast
import html
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

import grader
from grader.assignments.course import Course
from grader.authoring.sample_class import sample_class

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "python.md"
RIGHT = "def double(x):\n    return 2 * x"
WRONG = "def double(x):\n    return '<b>' + str(x)"


@pytest.fixture
def small(small_course: Callable[..., Course]) -> grader.Definition:
    return grader.load(small_course().root, "small")


@pytest.fixture
def files(tmp_path: Path, notebook: Callable[..., bytes]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "ann.ipynb").write_bytes(notebook(RIGHT))
    (folder / "bob.ipynb").write_bytes(notebook(WRONG))
    (folder / "eve.ipynb").write_bytes(b"<!DOCTYPE html>")
    return folder


# ---------------------------------------------------------------- names


def test_the_public_names_are_these() -> None:
    assert set(grader.__all__) == {
        "AdjustmentError", "AssignmentError", "CaseResult", "Definition", "GraderError", "Header",
        "Isolation", "IsolationError", "NameMapError", "PolicyError", "Report", "Results", "RosterError",
        "SandboxError", "Score", "Session", "Status", "Student", "Tolerance", "UnreadableError",
        "UsageError", "Verdict", "__version__", "grade", "load", "open_results",
    }  # fmt: skip


@pytest.mark.parametrize("name", grader.__all__)
def test_a_public_name_is_there_and_on_the_page(name: str) -> None:
    assert getattr(grader, name) is not None
    assert name == "__version__" or re.search(rf"`{name}`", PAGE.read_text(encoding="utf-8"))


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(grader.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in checked.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == {*grader.__all__} - {"__version__"}
    assert (Path(grader.__file__).parent / "py.typed").is_file()


def test_another_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'grades'"):
        grader.grades  # noqa: B018


def test_to_import_the_package_imports_nothing_else() -> None:
    code = "import sys, grader; print([m for m in sys.modules if m.startswith('grader.') or m == 'numpy'])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"[]\n"


# ---------------------------------------------------------------- a class


def test_results_are_reports_in_the_order_of_the_files(small: grader.Definition, files: Path) -> None:
    results = grader.grade(small, files, seed="s", isolation="weak", jobs=1)
    assert [(report.id, report.points) for report in results] == [("ann", 5.0), ("bob", 0.0), ("eve", None)]
    assert len(results) == 3
    assert results["bob"].exercises[0].verdict is grader.Verdict.WRONG_TYPE


def test_marks_are_rows_for_a_data_frame(small: grader.Definition, files: Path) -> None:
    pandas = pytest.importorskip("pandas")
    rows = grader.grade(small, [files / "ann.ipynb", str(files / "eve.ipynb")], isolation="weak").marks()
    frame = pandas.DataFrame(rows).set_index("id")
    assert list(frame.columns) == ["name", "status", "late", "points", "max_points", "double"]
    assert frame.loc["ann", ["points", "double"]].tolist() == [5.0, 5.0]
    assert frame.loc["eve", "points"] is None or frame["points"].isna()["eve"]


def test_a_name_that_is_not_there_is_answered_by_the_one_that_was_meant(
    small: grader.Definition, files: Path
) -> None:
    results = grader.grade(small, files, isolation="weak")
    with pytest.raises(KeyError, match=r"no submission anm\. Did you mean ann\?"):
        results["anm"]


def test_a_temporary_folder_goes_with_its_results(small: grader.Definition, files: Path) -> None:
    results = grader.grade(small, files, isolation="weak")
    folder = results.folder
    assert (folder / "results.json").is_file()
    del results
    assert not folder.exists()


def test_a_folder_is_opened_again_and_says_the_same(
    small: grader.Definition, files: Path, tmp_path: Path
) -> None:
    results = grader.grade(small, files, out=tmp_path / "out", isolation="weak")
    again = grader.open_results(tmp_path / "out")
    assert [report.page() for report in again] == [report.page() for report in results]
    assert again.header.assignment == "small"
    assert "3 submissions of small" in repr(again)


def test_a_late_notebook_joins_its_class(small: grader.Definition, files: Path, tmp_path: Path) -> None:
    for name in ("ann.ipynb", "bob.ipynb"):
        results = grader.grade(small, files / name, out=tmp_path / "out", isolation="weak")
    assert [report.id for report in results] == ["ann", "bob"]
    assert str(results.filed) == "added 1, kept 1"


def test_a_roster_names_who_handed_in_nothing(small: grader.Definition, files: Path, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Student ID\nAnn A,ann\nZoe Z,zoe\n")
    results = grader.grade(small, files, roster=roster, isolation="weak")
    assert {report.id: report.status for report in results}["zoe"] == "not_submitted"
    assert {row["id"]: row["name"] for row in results.marks()}["ann"] == "Ann A"


def test_a_process_of_several_threads_grades_a_larger_class_too(
    small: grader.Definition,
    tmp_path: Path,
    notebook: Callable[..., bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()  # of `forked_workers`
    for number in range(14):
        (tmp_path / f"s{number:02}.ipynb").write_bytes(notebook(RIGHT, f"x = {number}"))
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        results = grader.grade(small, sorted(tmp_path.glob("s*.ipynb")), isolation="weak", jobs=2)
        assert [report.points for report in results] == [5.0] * 14
    finally:
        waiting.set()
        thread.join()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param(("nowhere", "small"), "nowhere is not a course folder", id="no course"),
        pytest.param((None, "smal"), "there is no such file", id="no assignment"),
    ],
)
def test_what_cannot_be_loaded_says_why(arguments: tuple[str | None, str], reason: str) -> None:
    with pytest.raises(grader.AssignmentError, match=reason):
        grader.load(*arguments)


# ---------------------------------------------------------------- one report


def test_a_session_grades_a_path_bytes_and_a_notebook_alike(small: grader.Definition, files: Path) -> None:
    path = files / "bob.ipynb"
    with grader.Session(small, seed="s", isolation="weak") as session:
        reports = [
            session.grade(given)
            for given in (path, str(path), path.read_bytes(), nbformat.read(path, as_version=4))
        ]
    assert [(report.id, report.points) for report in reports] == [("bob", 0.0)] * 2 + [("notebook", 0.0)] * 2
    assert len({report.exercises[0].message for report in reports}) == 1


def test_a_session_without_hidden_cases_runs_the_public_ones(small: grader.Definition, files: Path) -> None:
    with grader.Session(small, hidden=False, isolation="weak") as session:
        report = session.grade(files / "ann.ipynb")
    assert {case.public for case in report.exercises[0].cases} == {True}


def test_the_public_cases_need_no_secret_that_was_promised(small: grader.Definition, files: Path) -> None:
    promise = small.course.root / "assignments" / "small" / "hidden_seed.txt"
    promise.parent.mkdir(parents=True, exist_ok=True)
    promise.write_text("a promise")
    with pytest.raises(grader.AssignmentError, match="promises a seed"):
        grader.Session(small, isolation="weak")
    with grader.Session(small, hidden=False, isolation="weak") as session:
        assert session.grade(files / "ann.ipynb").points == 5


def test_a_report_is_shown_as_its_page_in_a_frame_without_scripts(
    small: grader.Definition, files: Path
) -> None:
    with grader.Session(small, isolation="weak") as session:
        report = session.grade(files / "bob.ipynb")
    shown = report._repr_html_()
    frame = re.fullmatch(r'<iframe srcdoc="([^"]*)" sandbox title="bob" [^>]*></iframe>', shown)
    assert frame
    assert html.unescape(frame[1]) == report.page()
    assert "<b>" not in report.page().partition("<body")[2].partition("linear")[0].replace("<body", "")


def test_what_is_no_notebook_has_no_mark(small: grader.Definition) -> None:
    with grader.Session(small, isolation="weak") as session:
        assert (session.grade(b"{").status, session.grade(b"{").points) == ("unreadable", None)


def test_a_folder_of_several_is_refused_by_a_session(small: grader.Definition, files: Path) -> None:
    with (
        grader.Session(small, isolation="weak") as session,
        pytest.raises(grader.UsageError, match="3 notebooks in it"),
    ):
        session.grade(files)


# ---------------------------------------------------------------- the page


def blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_notebook_has_the_cells_of_the_page() -> None:
    cells = nbformat.read(PAGE.with_suffix(".ipynb"), as_version=4).cells
    assert [cell.source for cell in cells] == [block.rstrip() for block in blocks()]


def test_the_notebook_runs_in_jupyter(tmp_path: Path, definition: grader.Definition) -> None:
    pytest.importorskip("pandas")
    preprocessors = pytest.importorskip("nbconvert.preprocessors")
    (tmp_path / "submissions").mkdir()
    for name in ("ada.ipynb", "fatima.ipynb", "lena.ipynb"):  # right, wrong, and a web page
        (tmp_path / "submissions" / name).write_bytes(sample_class(definition)[name])
    node = nbformat.read(PAGE.with_suffix(".ipynb"), as_version=4)
    runner = preprocessors.ExecutePreprocessor(timeout=300, kernel_name="python3")
    runner.preprocess(node, {"metadata": {"path": str(tmp_path)}})
    shown = [output for cell in node.cells for output in cell.outputs]
    data = [output["data"] for output in shown if "data" in output]
    assert any("<iframe srcdoc=" in one.get("text/html", "") for one in data), "a report is its page"
    assert any("<table" in one.get("text/html", "") for one in data), "marks are a data frame"
    assert [one["text/plain"] for one in data if one["text/plain"] in {"True", "False"}] == ["True"] * 2
    assert json.loads((tmp_path / "results" / "results.json").read_text())["assignment"] == definition.name
