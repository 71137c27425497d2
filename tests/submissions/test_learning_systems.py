"""The names of Blackboard, Brightspace and ILIAS say whose a file is, and which attempt counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.models.submission import Student
from grader.submissions import Handed, find, survey
from grader.submissions.lms_filenames import claims
from grader.submissions.places import Place
from grader.submissions.submission_times import read_brightspace_time

NOTEBOOK = b'{"nbformat": 4, "cells": []}'
HOMEWORK = "Homework 4_ada_attempt_2025-11-0"


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[Handed]]:
    """A function from names, or names and contents, of files to what was handed in."""

    def find_in(*names: str, **more: Mapping[str, str]) -> list[Handed]:
        for name, content in {**dict.fromkeys(names, ""), **more.get("files", {})}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(content, "utf-8")
        return find([tmp_path])

    return find_in


def claim_of(name: str) -> tuple[str, str] | None:
    ((_, said),) = claims([Place(f"/in/{name}")])
    return (said[0].student.id, said[0].student.name) if said else None


# ---------------------------------------------------------------- blackboard


def test_the_last_attempt_of_blackboard_counts(found) -> None:
    (one,) = found(f"{HOMEWORK}2-10-00-00_hw.ipynb", f"{HOMEWORK}3-10-00-00_new.ipynb")
    assert (one.id, one.file[-9:]) == ("ada", "new.ipynb")
    assert one.notes == ("1 earlier attempt was left out.",)


def test_what_blackboard_writes_of_an_attempt_is_no_file_of_the_students(tmp_path: Path) -> None:
    text = "Name: Ada King Lovelace (ada_k)\nAssignment: Homework 4\n"
    for name, content in (("hw.ipynb", ""), (".txt", text)):
        joint = "" if name.startswith(".") else "_"
        (tmp_path / f"Homework 4_ada_k_attempt_2025-11-03-10-00-00{joint}{name}").write_text(content)
    result = survey([tmp_path])
    assert [one.student for one in result.handed] == [Student("ada_k", "Ada King Lovelace")]
    assert not result.others


def test_an_attempt_without_a_file_is_unreadable(found) -> None:
    (one,) = found(files={f"{HOMEWORK}2-10-00-00.txt": "Name: Ada (ada)\n"})
    assert one.id == "ada"
    assert "an attempt without a file" in one.fault


def test_a_later_attempt_without_a_notebook_costs_nothing_and_is_told(found) -> None:
    (one,) = found(f"{HOMEWORK}2-10-00-00_hw.ipynb", f"{HOMEWORK}3-10-00-00_hw.pdf")
    assert one.file.endswith("hw.ipynb")
    assert one.notes == (f"A later attempt has no notebook in it: {HOMEWORK}3-10-00-00_hw.pdf.",)


# ---------------------------------------------------------------- brightspace


@pytest.mark.parametrize(
    "name",
    [
        "12345-67890 - Ada Lovelace - Nov 3, 2025 1012 AM/hw.ipynb",
        "12345-67890 - Ada Lovelace - Nov 3, 2025 1012 AM - hw.ipynb",
        "12345-67890 - Ada Lovelace - 3 November, 2025 1012 AM/hw.ipynb",
        "12345-67890 - Ada Lovelace - 3 novembre 2025 10 h 12/hw.ipynb",
    ],
)
def test_brightspace_says_whose_a_file_is(name: str) -> None:
    assert claim_of(name) == ("Ada Lovelace", "Ada Lovelace")


def test_the_last_attempt_of_brightspace_counts_also_past_noon_and_new_year(found) -> None:
    times = ("Dec 31, 2024 1112 PM", "Jan 2, 2025 110 PM", "Jan 2, 2025 1055 AM")
    (one,) = found(*(f"1-2 - Ada L - {time}/hw.ipynb" for time in times), "index.html")
    assert "Jan 2, 2025 110 PM" in one.path
    assert one.notes == ("2 earlier attempts were left out.",)


def test_attempts_whose_times_cannot_be_compared_are_all_graded(found) -> None:
    names = (f"1-2 - Ada L - {day} décembre 2025 10 h 12/hw.ipynb" for day in (3, 4))
    assert [one.notes[0][:20] for one in found(*names)] == ["One of 2 notebooks o"] * 2


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Nov 3, 2025 1012 AM", "2025-11-03T10:12"),
        ("Nov 3, 2025 1212 AM", "2025-11-03T00:12"),
        ("3 November, 2025 926 PM", "2025-11-03T21:26"),
        ("3 mars 2025 10 h 12", "2025-03-03T10:12"),
        ("3 février 2025 10 h 12", ""),
    ],
)
def test_times_of_brightspace_are_in_order(text: str, time: str) -> None:
    assert read_brightspace_time(text) == time


# ---------------------------------------------------------------- ilias


def test_ilias_has_a_folder_for_each_user(found) -> None:
    both = found(
        "Uebung/Abgaben/Mueller-Luedenscheidt_Jörg Anna_jmueller_47110/20251103101200_hw.ipynb",
        "Uebung/Abgaben/Noether_Emmy_emmy_n_222/Late Submission - hw.pdf",
    )
    assert [(one.id, one.student.name, one.late, bool(one.fault)) for one in both if one.student] == [
        ("jmueller", "Jörg Anna Mueller-Luedenscheidt", False, False),
        ("emmy_n", "Emmy Noether", True, True),
    ]


def test_folders_that_an_instructor_sorts_by_are_no_users(found) -> None:
    names = ("week_3_nets_123/ada.ipynb", "nets_and_backprop_2025/bo.ipynb", "a_b_c_1/cy.ipynb")
    assert [one.student for one in found(*names)] == [None] * 3


# ---------------------------------------------------------------- moodle


def test_what_a_student_typed_into_moodle_is_beside_the_notebook_or_unreadable(found) -> None:
    both = found(
        "Ada L_7_assignsubmission_onlinetext_/onlinetext.html",
        "Ada L_7_assignsubmission_file_/hw.ipynb",
        "Bo_8_assignsubmission_onlinetext_onlinetext.html",
    )
    assert [(one.id, one.fault[:14]) for one in both] == [("Ada-L", ""), ("Bo", "what was typed")]


# ---------------------------------------------------------------- what a student may have named


@pytest.mark.parametrize(
    ("name", "student"),
    [
        (f"{HOMEWORK}3-10-00-00_Bo_8_assignsubmission_file_hw.ipynb", "ada"),
        (f"{HOMEWORK}3-10-00-00_HW_bo_attempt_2026-01-01-00-00-00_hw.ipynb", "ada"),
        ("Bo_8_assignsubmission_file_HW_ada_attempt_2026-01-01-00-00-00_hw.ipynb", "Bo"),
        ("doebo_123_456_HW_ada_attempt_2026-01-01-00-00-00_hw.ipynb", "doebo"),
        ("1-2 - Bo B - Nov 3, 2025 1012 AM - Ada_8_assignsubmission_file_hw.ipynb", "Bo B"),
        ("1-2 - Bo B - Nov 3, 2025 1012 AM/Lovelace_Ada_ada_4711/hw.ipynb", "Bo B"),
    ],
)
def test_what_follows_in_a_name_is_the_students_own_text(name: str, student: str) -> None:
    said = claim_of(name)
    assert said is not None
    assert said[0] == student


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), max_size=250)


@given(NAMES)
def test_no_name_is_too_odd_for_a_claim(name: str) -> None:
    for path in (f"/in/{name}", f"/in/{name}/hw.ipynb", f"/in/1-2 - {name} - Nov 3, 2025 1012 AM/hw.ipynb"):
        assert len([*claims([Place(path)])]) == 1
