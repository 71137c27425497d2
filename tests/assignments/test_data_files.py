"""Data files beside the provided modules are handed out, digested, and at hand for all code."""

from __future__ import annotations

import importlib.util
import os
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from data_course import RIGHT, SOLUTION, TESTCASES, data_course, files, write

from grader.assignments.checksums import cases_sha256
from grader.assignments.course import Course
from grader.assignments.data_files import data_files
from grader.assignments.data_files import received as received_files
from grader.assignments.handout import NAME, read_handout
from grader.assignments.loader import load
from grader.authoring.release import make_release
from grader.authoring.validate import findings
from grader.errors import AssignmentError
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.sandbox.fork_server import ForkServer


@pytest.fixture
def course(small_course: Callable[..., Course]) -> Course:
    return data_course(small_course)


def test_what_is_beside_the_modules_is_data_but_for_code_and_leftovers(tmp_path: Path) -> None:
    code = {"utils.py", "deep/x.py", "old.ipynb"}
    names = {"a.csv", "deep/er/b.h5", "c", "d.MAT", ".hidden", "__pycache__/u.pyc", *code}
    write(tmp_path, dict.fromkeys(names, b"x"))
    assert set(data_files(tmp_path)) == {"a.csv", "deep/er/b.h5", "c", "d.MAT"}


def test_a_folder_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert data_files(tmp_path / "none") == {}


def test_generators_and_the_reference_read_data_from_anywhere(course: Course, sandbox: ForkServer) -> None:
    before = Path.cwd()
    assignment = prepare(load(course, "small"), sandbox, "seed")
    assert Path.cwd() == before
    report = grade(assignment, sandbox, RIGHT.encode(), id="ann", file="ann.py")
    assert (report.points, report.max_points) == (5, 5)


def test_a_relative_course_folder_will_do(
    course: Course, sandbox: ForkServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(course.root.parent)
    helper = "solutions/small/helper.py"
    write(course.root, {helper: b"import numpy as np\nN = np.load('labels.npy').size\n"})
    write(course.root, {"testcases/small.py": f"import helper\nassert helper.N\n{TESTCASES}".encode()})
    assert prepare(load(Course(Path(course.root.name)), "small"), sandbox, "seed").max_points == 5


def test_a_change_of_a_data_file_changes_the_digests(course: Course, sandbox: ForkServer) -> None:
    def digests() -> tuple[str, str, str]:
        definition = load(course, "small")
        return definition.sha256, definition.mistakes_sha256, cases_sha256(prepare(definition, sandbox, "s"))

    before = digests()
    assert digests() == before
    write(course.root / "solutions" / "small", {"unit.txt": b"nm\n"})
    assert all(map(str.__ne__, before, digests()))


def test_two_assignments_in_one_sandbox_have_each_its_own(course: Course, sandbox: ForkServer) -> None:
    write(course.root, {"solutions/other.py": SOLUTION.encode(), "testcases/other.py": TESTCASES.encode()})
    write(course.root / "solutions" / "other", files(seed=2) | {"unit.txt": b"nm"})
    one, other = (prepare(load(course, name), sandbox, "seed") for name in ("small", "other"))
    for assignment in (one, other, one):
        assert grade(assignment, sandbox, RIGHT.encode(), id="a", file="a.py").points == 5
    assert one.exercises[0].cases[0].expected[2] == "µm"
    assert other.exercises[0].cases[0].expected[2] == "nm"


def test_a_release_has_the_data_and_is_proven_current(course: Course, sandbox: ForkServer) -> None:
    definition = load(course, "small")
    assignment = prepare(definition, sandbox, "release")
    made = make_release(definition, assignment, sandbox)
    for name, data in files().items():
        assert made.files[Path("assignments/small", name)] == data
    with zipfile.ZipFile(BytesIO(made.zipped("small"))) as archive:
        assert archive.read("small/datasets/train.h5") == files()["datasets/train.h5"]
    made.write(course.root)
    assert made.stale(course.root) == []
    changed = course.root / "assignments/small/datasets/train.h5"
    changed.write_bytes(files(seed=3)["datasets/train.h5"])
    assert made.stale(course.root) == ["assignments/small/datasets/train.h5: is not current"]
    faults = [f for finding in findings(definition, assignment, sandbox) for f in finding.faults]
    assert not [fault for fault in faults if "does not belong there" in fault]


def test_a_data_file_with_the_name_of_a_generated_one_is_refused(course: Course, sandbox: ForkServer) -> None:
    write(course.root / "solutions" / "small", {"public_cases.h5": b"x"})
    definition = load(course, "small")
    with pytest.raises(AssignmentError, match=r"small/public_cases\.h5: .*\n  Give it another name"):
        make_release(definition, prepare(definition, sandbox, "release"), sandbox)


def test_a_large_release_is_named_with_its_largest_files(course: Course, sandbox: ForkServer) -> None:
    definition = load(course, "small")
    assert make_release(definition, prepare(definition, sandbox, "r"), sandbox).heavy("small") == ""
    write(course.root / "solutions" / "small", {"big.bin": bytes(21_000_000)})
    definition = load(course, "small")
    warning = make_release(definition, prepare(definition, sandbox, "r"), sandbox).heavy("small")
    assert warning.startswith("assignments/small/ has 21.")
    assert ": big.bin 21.0 MB, " in warning


# ---------------------------------------------------------------- what students receive


@pytest.fixture
def received(course: Course, sandbox: ForkServer) -> Path:
    definition = load(course, "small")
    make_release(definition, prepare(definition, sandbox, "r"), sandbox).write(course.root)
    return course.root / "assignments" / "small"


def test_a_handout_reads_the_data_beside_it(received: Path, sandbox: ForkServer) -> None:
    assignment = read_handout(received / NAME).assignment()
    assert assignment.wanted.data == files()
    assert grade(assignment, sandbox, RIGHT.encode(), id="a", file="a.py").points == 5


def test_a_missing_or_changed_file_is_told(received: Path) -> None:
    handout = read_handout(received / NAME)
    (received / "unit.txt").write_bytes(b"nm")
    with pytest.raises(
        AssignmentError, match=r"unit\.txt: it is not as it came with the assignment.*\n  Put the"
    ):
        handout.assignment()
    (received / "labels.npy").unlink()
    with pytest.raises(
        AssignmentError, match=r"labels\.npy: it came with the assignment and is missing\n  Put it"
    ):
        handout.assignment()


@pytest.mark.parametrize("name", ["../solution.py", "/etc/passwd", "data/../../x"])
def test_a_name_that_leads_out_of_the_folder_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="it is damaged"):
        received_files(tmp_path / "mine", {name: "0" * 64})


def test_the_public_tests_name_a_missing_file(
    received: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    imported(received / "public_tests.py", monkeypatch)
    assert capsys.readouterr().out == ""
    (received / "datasets" / "train.h5").unlink()
    imported(received / "public_tests.py", monkeypatch)
    assert capsys.readouterr().out.startswith("Missing beside public_cases.h5: datasets/train.h5. Put all")


def imported(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("public_tests_of_small", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, module)
    spec.loader.exec_module(module)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_cannot_be_read_is_told(course: Course) -> None:
    (course.root / "solutions/small/unit.txt").chmod(0)
    with pytest.raises(AssignmentError, match=r"unit\.txt: Permission denied"):
        load(course, "small")
