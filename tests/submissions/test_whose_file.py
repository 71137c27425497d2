"""A name inside what one student sent says nothing of who sent it."""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from grader.execution.results_merge import joined
from grader.models.submission import Student
from grader.submissions import Handed, find, read
from grader.submissions.discovery import survey
from grader.submissions.filename_pattern import read_pattern

Files = Mapping[str, bytes]
ROSTER = [Student("amy"), Student("bob"), Student("mallory")]
METADATA = (
    b"submission_1:\n  :submitters:\n  - :name: Amy\n    :sid: amy\n  :created_at: 2030-01-01 10:00:00 Z\n"
    b"submission_2:\n  :submitters:\n  - :name: Mallory\n    :sid: mallory\n"
)
HOSTILE = {
    "canvas": "amy_123_99999_hw.ipynb",
    "canvas, late": "amy_LATE_123_99999_hw.ipynb",
    "moodle": "Amy_7_assignsubmission_file_/hw.ipynb",
    "moodle, flat": "Amy_7_assignsubmission_file_hw.ipynb",
    "gradescope": "export/submission_1/hw.ipynb",
    "nbgrader": "submitted/amy/ps1/hw.ipynb",
    "nbgrader, deep": "a/b/c/submitted/amy/ps1/hw.ipynb",
    "blackboard": "Homework_amy_attempt_2030-01-01-10-00-00_hw.ipynb",
    "brightspace": "1-2 - amy - Nov 3, 2030 1012 AM/hw.ipynb",
    "ilias": "Amy_Amy_amy_4711/hw.ipynb",
    "her name": "amy.ipynb",
    "her name in capitals": "AMY.ipynb",
    "her name, turned by a mark": "\u2066amy\u2069.ipynb",
    "her name with a letter that nobody sees": "a\u200bmy.ipynb",
    "her folder": "amy/hw.ipynb",
    "her folder by a climb": "../amy/amy.ipynb",
    "a copy of hers": "Copy of amy.ipynb",
}
"""What Mallory's has inside, with what else it takes."""
ROUND = {"gradescope": {"export/submission_metadata.yml": METADATA}}
PLACES = {
    "plain": {"amy": "amy/hw.ipynb", "bob": "bob/hw.ipynb", "mallory": "mallory/"},
    "plain and deeper": {"amy": "amy/src/hw.ipynb", "bob": "bob/src/hw.ipynb", "mallory": "mallory/src/"},
    "sections": {"amy": "B/amy/hw.ipynb", "bob": "A/bob/hw.ipynb", "mallory": "A/mallory/"},
    "nbgrader": {"amy": "submitted/amy/ps1/hw.ipynb", "bob": "submitted/bob/ps1/hw.ipynb",
                 "mallory": "submitted/mallory/ps1/deep/"},
    "moodle": {"amy": "amy_1_assignsubmission_file_/hw.ipynb", "bob": "bob_2_assignsubmission_file_/hw.ipynb",
               "mallory": "mallory_3_assignsubmission_file_/"},
    "ilias": {"amy": "Amy_Amy_amy_101/hw.ipynb", "bob": "Bob_Bob_bob_102/hw.ipynb",
              "mallory": "Mal_Mal_mallory_103/"},
    "brightspace": {"amy": "1-1 - amy - Nov 3, 2025 1012 AM/hw.ipynb",
                    "bob": "1-2 - bob - Nov 3, 2025 1012 AM/hw.ipynb",
                    "mallory": "1-3 - mallory - Nov 3, 2025 1012 AM/"},
}  # fmt: skip
"""Where the files of each lie, in downloads of systems and in folders of an instructor's."""
ZIPS = {
    "plain": ("amy.ipynb", "bob.ipynb", "mallory.zip"),
    "in a folder of hers": ("amy/hw.ipynb", "bob/hw.ipynb", "mallory/work.zip"),
    "among zips": ("amy.zip", "bob.zip", "mallory.zip"),
    "canvas": ("amy_1234_500_hw.ipynb", "bob_1235_501_hw.ipynb", "mallory_1236_502_work.zip"),
    "blackboard": tuple(
        f"HW_{name}_attempt_2025-11-03-10-00-00_{file}"
        for name, file in (("amy", "hw.ipynb"), ("bob", "hw.ipynb"), ("mallory", "work.zip"))
    ),
}


def of(author: str) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {"of": author}, "cells": []}).encode()


def packed(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def write(root: Path, files: Files) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


@pytest.fixture(params=["a folder", "a zip"])
def class_of(tmp_path: Path, request: pytest.FixtureRequest) -> Callable[[Files], Path]:
    """A function from files to a new folder, or a zip that is named itself, which has them."""

    def made(files: Files) -> Path:
        root = Path(tempfile.mkdtemp(dir=tmp_path))
        if request.param == "a zip":
            (root / "class.zip").write_bytes(packed(files))
            return root / "class.zip"
        return write(root / "class", files)

    return made


def author(handed: Handed) -> str:
    name: str = json.loads(read(handed))["metadata"]["of"]
    return name


def students(found: list[Handed]) -> dict[str, set[str]]:
    """Whose work is counted as a student's of the roster."""
    known: dict[str, set[str]] = {}
    for one in found:
        if not one.absent:
            known.setdefault(one.student.id if one.student else "nobody", set()).add(author(one))
    return known


def inside(hostile: str, own: str = "") -> dict[str, bytes]:
    """What Mallory sends: a notebook called so, and what else it takes."""
    return {
        f"{own}{name}": data
        for name, data in {HOSTILE[hostile]: of("mallory"), **ROUND.get(hostile, {})}.items()
    }


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("amy_is_there", [True, False], ids=["amy too", "amy sent nothing"])
def test_nothing_in_a_folder_of_one_student_is_anothers(
    class_of: Callable[[Files], Path], places: dict[str, str], hostile: str, amy_is_there: bool
) -> None:
    if ".." in HOSTILE[hostile]:
        pytest.skip("the disk itself climbs")
    own = inside(hostile, places["mallory"])
    others = {places[name]: of(name) for name in (["amy", "bob"] if amy_is_there else ["bob"])}
    root = class_of({**others, **own})
    known = students(find([root], ROSTER))
    assert known == {name: {name} for name in ("amy", "bob", "mallory") if amy_is_there or name != "amy"}
    for one in find([root]):
        if author(one) == "mallory":
            assert one.id.casefold() != "amy" or not amy_is_there
            assert (one.student.id if one.student else "mallory") == "mallory"


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("names", ZIPS.values(), ids=ZIPS)
@pytest.mark.parametrize("amy_is_there", [True, False], ids=["amy too", "amy sent nothing"])
def test_nothing_in_a_zip_of_one_student_is_anothers(
    class_of: Callable[[Files], Path], names: tuple[str, str, str], hostile: str, amy_is_there: bool
) -> None:
    amys, bobs, mallorys = names
    data = {
        name: packed({"hw.ipynb": of(who)}) if name.endswith(".zip") else of(who)
        for who, name in (("amy", amys), ("bob", bobs))
    }
    if not amy_is_there:
        del data[amys]
    root = class_of({**data, mallorys: packed(inside(hostile))})
    known = students(find([root], ROSTER))
    assert known == {name: {name} for name in ("amy", "bob", "mallory") if amy_is_there or name != "amy"}
    for one in find([root]):
        if author(one) == "mallory":
            assert (one.student.id if one.student else "mallory") == "mallory"
            assert one.id.casefold() != "amy" or not amy_is_there


# ---------------------------------------------------------------- what is typed


@pytest.mark.parametrize("hostile", ["canvas", "nbgrader", "gradescope", "her name"])
@pytest.mark.parametrize("kind", ["folders", "zips"])
def test_students_who_are_typed_one_by_one_are_no_classes(tmp_path: Path, kind: str, hostile: str) -> None:
    own = inside(hostile)
    sent: dict[str, dict[str, bytes]] = {
        "amy": {"hw.ipynb": of("amy")},
        "bob": {"hw.ipynb": of("bob")},
        "mallory": own,
    }
    for name, files in sent.items():
        if kind == "folders":
            write(tmp_path / name, files)
        else:
            (tmp_path / f"{name}.zip").write_bytes(packed(files))
    assert students(find(sorted(tmp_path.iterdir()), ROSTER)) == {name: {name} for name in sent}


def test_a_class_that_is_typed_beside_a_late_notebook_is_a_class(tmp_path: Path) -> None:
    names = [f"s{number}_{number}00_{number}01_hw.ipynb" for number in range(10, 16)]
    (tmp_path / "class.zip").write_bytes(packed({name: of(name) for name in names}))
    write(tmp_path, {"late/zoe.ipynb": of("zoe"), "yan.ipynb": of("yan")})
    found = find([tmp_path / "class.zip", tmp_path / "late", tmp_path / "yan.ipynb"])
    assert [one.id for one in found] == [*(name.split("_")[0] for name in names), "zoe", "yan"]


def test_sections_with_what_a_system_names_are_no_students(class_of: Callable[[Files], Path]) -> None:
    names = [
        f"{section}/s{number}_{number}00_{number}01_hw.ipynb" for section in "AB" for number in (10, 11, 12)
    ]
    found = find([class_of({**{name: of(name) for name in names}, "data/x.csv": b""})])
    assert {one.student.id for one in found if one.student} == {"s10", "s11", "s12"}


def test_a_submission_that_gradescope_does_not_describe_is_nobody_elses(
    class_of: Callable[[Files], Path],
) -> None:
    root = class_of({
        "export/submission_metadata.yml": METADATA, "export/submission_1/hw.ipynb": of("amy"),
        "export/submission_9/submitted/amy/ps1/hw.ipynb": of("mallory"),
        "export/submission_9/submission_metadata.yml": METADATA,
    })  # fmt: skip
    assert students(find([root])) == {"amy": {"amy"}, "nobody": {"mallory"}}


@pytest.mark.parametrize("pattern", ["{id}_{rest}", "{rest}/{id}_{attempt}"])
def test_no_pattern_is_held_against_what_is_in_a_students_zip(
    class_of: Callable[[Files], Path], pattern: str
) -> None:
    root = class_of({
        "amy_1.ipynb": of("amy"), "x/amy_1.ipynb": of("amy"),
        "mallory.zip": packed({"amy_9.ipynb": of("mallory"), "x/amy_9.ipynb": of("mallory")}),
    })  # fmt: skip
    found = survey([root], (), read_pattern(pattern)).handed
    assert {author(one) for one in found if one.student} == {"amy"}


def test_what_is_made_up_says_so_and_what_to_do(class_of: Callable[[Files], Path]) -> None:
    root = class_of({"amy/hw.ipynb": of("amy"), **inside("canvas", "mallory/")})
    assert [one.notes for one in find([root]) if author(one) == "mallory"] == [
        ("Names inside of mallory do not say whose it is. Is that a class's? Then name it itself.",)
    ]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_of_either_form_of_letters_is_no_second_one(
    class_of: Callable[[Files], Path], form: str
) -> None:
    roster = [Student("émile"), Student("mallory")]
    root = class_of({
        "émile/hw.ipynb": of("émile"),
        unicodedata.normalize(form, "mallory/submitted/émile/ps1/hw.ipynb"): of("mallory"),
        unicodedata.normalize(form, "mallory/émile.ipynb"): of("mallory"),
    })  # fmt: skip
    assert students(find([root], roster)) == {"émile": {"émile"}, "mallory": {"mallory"}}


# ---------------------------------------------------------------- later


def late(tmp_path: Path, files: Files) -> list[Handed]:
    return find([write(tmp_path / "late", files)])


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"mallory/amy.ipynb": of("mallory")}, id="in a folder"),
        pytest.param({"mallory.zip": packed({"amy.ipynb": of("mallory")})}, id="in a zip"),
        pytest.param({"mallory/AMY.ipynb": of("mallory")}, id="in capitals"),
        pytest.param({"mallory/amy (1).ipynb": of("mallory")}, id="a copy"),
    ],
)
@pytest.mark.parametrize("earlier", ["amy.ipynb", "amy/amy.ipynb"])
def test_a_late_file_that_is_called_as_anothers_takes_nobodys_place(
    tmp_path: Path, earlier: str, files: Files
) -> None:
    first = find([write(tmp_path / "in", {earlier: of("amy"), "bob.ipynb": of("bob")})])
    assert [one.id for one in first] == ["amy", "bob"]
    plan = joined(first, late(tmp_path, files))
    assert [one.id for one in plan.staying] == ["amy", "bob"]
    (added,) = plan.work
    assert added.id.casefold() in {"mallory-amy", "mallory-amy-1"}
    again = joined([*plan.staying, added], late(tmp_path, files))
    assert (again.order, again.before.keys()) == (("amy", "bob", added.id), {added.id}), "once for all"


@pytest.mark.parametrize("newer", ["amy.ipynb", "amy/amy.ipynb", "A/amy/amy.ipynb"])
@pytest.mark.parametrize("older", ["amy.ipynb", "amy/amy.ipynb"])
def test_a_newer_file_of_the_same_student_takes_the_place_of_the_older(
    tmp_path: Path, older: str, newer: str
) -> None:
    first = find([write(tmp_path / "in", {older: of("amy"), "bob.ipynb": of("bob")})])
    plan = joined(first, late(tmp_path, {newer: of("amy")}))
    assert (plan.order, [one.id for one in plan.staying]) == (("amy", "bob"), ["bob"])
