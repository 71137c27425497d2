"""What Gradescope writes beside submissions is read as text within limits; what cannot be read is named."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from grader.errors import UnreadableError
from grader.models.budget import BUDGET
from grader.submissions import survey
from grader.submissions.gradescope_metadata import read_gradescope


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe\x00", id="not text"),
        pytest.param(b"a: [", id="cut off"),
        pytest.param(b"[" * 300_000, id="deep, in brackets"),
        pytest.param(b"- " * 300_000, id="deep, in lines"),
        pytest.param(b"&a [*a]", id="a list in itself"),
        pytest.param(b"a: &x {b: *x}\n<<: *x", id="a mapping in itself"),
        pytest.param(b"submission_1: !!python/object/apply:os.system [id]", id="a call"),
        pytest.param(b"submission_1: {:submitters: [1, [], {}, {:name: {}}]}", id="no people"),
        pytest.param(b"submission_1: [1]", id="no mapping"),
    ],
)
def test_metadata_of_another_shape_says_nothing(content: bytes) -> None:
    with contextlib.suppress(UnreadableError):
        assert not any(sent.students for sent in read_gradescope(content).values())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"a: [", "it is not YAML as Gradescope writes it", id="cut off"),
        pytest.param(
            b"#" * (BUDGET.metadata + 1), "it has 4,194,305 bytes, of at most 4,194,304", id="large"
        ),
    ],
)
def test_metadata_that_cannot_be_read_is_named_once_and_the_notebooks_are_graded(
    content: bytes, why: str, tmp_path: Path
) -> None:
    for number in (1, 2):
        (tmp_path / f"submission_{number}").mkdir()
        (tmp_path / f"submission_{number}" / f"hw{number}.ipynb").write_text("{}")
    metadata = tmp_path / "submission_metadata.yml"
    metadata.write_bytes(content)
    found = survey([tmp_path])
    assert found.faults == (f"{metadata}: {why}. So it does not tell whose the submissions are.",)
    assert [one.id for one in found.handed] == ["hw1", "hw2"]


def test_metadata_is_text_whatever_yaml_would_make_of_it() -> None:
    content = b"submission_1:\n :submitters:\n - :name: yes\n   :sid: 0077\n   :email: !!binary aGk=\n"
    (student,) = read_gradescope(content)["submission_1"].students
    assert (student.id, student.name, student.email) == ("0077", "yes", "aGk=")
