"""A pattern of an instructor's says whose files are, in time that grows with their names alone."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import UsageError
from grader.models.submission import Student
from grader.submissions import find, read, read_pattern, survey


@pytest.mark.parametrize(
    ("pattern", "names", "fields"),
    [
        pytest.param("{id}", ["ada"], {"id": "ada"}, id="a name as a whole"),
        pytest.param("{id}_{rest}", ["ada_l_hw"], {"id": "ada", "rest": "l_hw"}, id="a field is short"),
        pytest.param("hw-{name} ({id})", ["hw-Ada L (7)"], {"name": "Ada L", "id": "7"}, id="texts around"),
        pytest.param("{name}/{rest}", ["Ada", "hw", "x"], {"name": "Ada", "rest": "hw"}, id="folders"),
        pytest.param("{id}_x", ["_x"], None, id="no field is empty"),
        pytest.param("{id}_{rest}", ["ada-hw"], None, id="another text between"),
        pytest.param("hw/{id}", ["hx", "ada"], None, id="another folder"),
        pytest.param("{id}/{rest}", ["ada"], None, id="not so deep"),
        pytest.param("{id} _{rest}", ["  _x"], None, id="a field of spaces alone"),
    ],
)
def test_a_pattern_takes_names_apart(pattern: str, names: list[str], fields: dict[str, str] | None) -> None:
    assert read_pattern(pattern).match(names) == fields


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        pytest.param("{rest}", "neither {id} nor {name}", id="nobody"),
        pytest.param("{user}_{id}", "{user} is no field; there are {id}, {name}", id="unknown"),
        pytest.param("{id}{rest}", "nothing parts two fields", id="nothing between"),
        pytest.param("{id}_{id}", "a field is there twice", id="twice"),
        pytest.param("{id}_{rest", "a brace is open", id="open"),
    ],
)
def test_a_pattern_that_cannot_be_meant_is_the_callers_fault(pattern: str, fault: str) -> None:
    with pytest.raises(UsageError, match=f"^--names {re.escape(pattern)}: {re.escape(fault)}.*\n  Write"):
        read_pattern(pattern)


TEXT = st.text(st.characters(exclude_characters="_/{}", exclude_categories=["Cs"]), min_size=1).filter(
    str.strip
)


@given(TEXT, TEXT, TEXT)
def test_what_is_put_together_is_taken_apart(one: str, other: str, rest: str) -> None:
    fields = {"id": one.strip(), "name": other.strip(), "rest": rest.strip()}
    assert read_pattern("{id}_{name}_{rest}").match([f"{one}_{other}_{rest}"]) == fields


def test_a_long_name_is_read_once() -> None:
    start = process_time()
    assert read_pattern("{id}_x_{name}_y_{rest}_z").match(["_x_a" * 250_000]) is None
    assert process_time() - start < 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("7_Ada L_1_hw", "7_Ada L_2_hw", "7_Ada L_10_new", "8_Bo_1_hw", "notes"):
        (tmp_path / f"{name}.ipynb").write_text(name)
    return tmp_path


def test_files_are_of_whom_the_pattern_says_and_the_last_attempt_counts(folder: Path) -> None:
    found = survey([folder], (), read_pattern("{id}_{name}_{attempt}_{rest}")).handed
    assert [(one.id, one.student, read(one)) for one in found] == [
        ("7", Student("7", "Ada L"), b"7_Ada L_10_new"),
        ("8", Student("8", "Bo"), b"8_Bo_1_hw"),
        ("notes", None, b"notes"),
    ]
    assert found[0].notes == ("2 earlier attempts were left out.",)


def test_a_pattern_and_a_roster_go_together(folder: Path) -> None:
    found = survey([folder], [Student("s1", "Bo")], read_pattern("{id}_{name}_{attempt}_{rest}")).handed
    assert "s1" in {one.id for one in found}


def test_folders_are_taken_apart_from_the_outermost_on(tmp_path: Path) -> None:
    for name in ("ada 7/ps1/hw.ipynb", "bo 8/ps1/deep/hw.pdf"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    found = survey([tmp_path], (), read_pattern("{name} {id}")).handed
    assert [(one.id, bool(one.fault)) for one in found] == [("7", False), ("8", True)]


def test_a_pattern_that_no_file_has_says_what_there_is(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"none of 5 files is named so; the first is 7_Ada L_10_new\.ipynb"):
        survey([folder], (), read_pattern("{id}#{rest}"))


def test_without_a_pattern_the_same_files_keep_their_names(folder: Path) -> None:
    assert len(find([folder])) == 5
