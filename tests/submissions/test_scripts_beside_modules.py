"""A script is a submission; a copy of a module that the assignment provides is none."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from grader.submissions import survey

MODULES = ("lab_image", "plots", "cs", "cs.layers", "cs.data.table")
SCRIPT = b"def double(x):\n    return 2 * x\n"


def found(path: Path) -> dict[str, str]:
    """The files that are graded by their ids, with what is wrong with each."""
    return {one.id: one.fault for one in survey([path], modules=MODULES).handed}


def written(root: Path, *names: str) -> Path:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(SCRIPT)
    return root


@pytest.mark.parametrize(
    ("names", "ids"),
    [
        pytest.param(("ann.py", "bob.py"), ["ann", "bob"], id="a class of scripts"),
        pytest.param(("ann/hw.py", "ann/lab_image.py", "ann/plots.py"), ["hw"], id="a student's folder"),
        pytest.param(("ann/hw.py", "ann/lab_image (1).py"), ["hw"], id="a second copy of a module"),
        pytest.param(
            ("ann/hw.py", "ann/cs/__init__.py", "ann/cs/layers.py", "ann/cs/data/table.py"),
            ["hw"],
            id="a package",
        ),
        pytest.param(("ann/layers.py",), ["layers"], id="a module's name outside its package"),
        pytest.param(("ann/my_plots.py",), ["my_plots"], id="a name of the student's"),
        pytest.param(
            (
                "doejane_123_456_hw.py", "doejane_123_457_lab_image.py",
                "roejim_124_458_hw-1.py", "roejim_124_459_plots-1.py",
            ),
            ["doejane", "roejim"],
            id="Canvas",
        ),
        pytest.param(
            ("Jane Doe_123_assignsubmission_file_/hw.py", "Jane Doe_123_assignsubmission_file_/plots.py"),
            ["Jane Doe"],
            id="Moodle",
        ),
        pytest.param(
            tuple(f"1-2 - Jane Doe - Nov 3, 2025 1012 AM - {name}.py" for name in ("hw", "plots")),
            ["Jane Doe"],
            id="Brightspace",
        ),
    ],
)  # fmt: skip
def test_only_scripts_of_students_are_graded(names: tuple[str, ...], ids: list[str], tmp_path: Path) -> None:
    graded = found(written(tmp_path / "in", *names))
    assert [name.replace("-", " ") if " " in ids[0] else name for name in graded] == ids
    assert not any(graded.values())


def test_in_a_zip_it_is_the_same(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ann.zip", "w") as archive:
        for name in ("hw.py", "lab_image.py"):
            archive.writestr(name, SCRIPT)
    assert len(found(tmp_path / "ann.zip")) == 1


def test_who_sent_the_module_alone_is_told_so(tmp_path: Path) -> None:
    folder = written(tmp_path / "in", "ann/lab_image.py", "bob/hw.py")
    assert [bool(fault) for fault in found(folder).values()] == [True, False]


def test_a_file_that_is_named_itself_is_taken(tmp_path: Path) -> None:
    assert found(written(tmp_path, "plots.py") / "plots.py") == {"plots": ""}
