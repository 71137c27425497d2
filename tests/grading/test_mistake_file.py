"""Known mistakes are read as they were written, and only beside what they were made from."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.grading.known_mistakes import known_mistakes, read_mistakes, write_mistakes
from grader.models.assignment import Mistake

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
MISTAKES = st.builds(
    Mistake,
    function=st.sampled_from(["backward", "forward", "cost"]),
    says=TEXTS,
    by_hand=st.booleans(),
    structure=TEXTS,
    numbers=hnp.arrays(np.float64, st.integers(0, 5)),
)


def told(mistakes: Sequence[Mistake]) -> list[tuple[object, ...]]:
    """All that mistakes say, NaN by its bits."""
    return [(m.function, m.says, m.by_hand, m.structure, m.numbers.tobytes()) for m in mistakes]


ONE = Mistake("forward", "Half of it.", True, "(2,)", np.array([0.5, np.nan]))


@settings(max_examples=40)
@given(st.lists(MISTAKES, max_size=8))
def test_what_is_written_is_read(mistakes: list[Mistake]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "mistakes.h5")
        write_mistakes(path, "digest", mistakes)
        digest, read = read_mistakes(path)
    assert digest == "digest"
    assert told(read) == told(sorted(mistakes, key=lambda mistake: mistake.function))


def test_the_same_mistakes_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.h5", "b.h5"):
        write_mistakes(tmp_path / name, "digest", [ONE])
    assert (tmp_path / "a.h5").read_bytes() == (tmp_path / "b.h5").read_bytes()


def test_mistakes_are_known_beside_what_they_were_made_from_alone(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.h5"
    write_mistakes(path, "digest", [ONE])
    assert told(known_mistakes(path, "digest")) == told([ONE])
    assert known_mistakes(path, "another") == ()


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.h5"
    write_mistakes(path, "digest", [ONE])
    first = known_mistakes(path, "digest")
    path.unlink()
    assert known_mistakes(path, "digest") is first


def no_file(path: Path) -> None:
    """Leave nothing there."""


def text(path: Path) -> None:
    path.write_text("Not HDF5.")


def half(path: Path) -> None:
    write_mistakes(path, "digest", [ONE])
    path.write_bytes(path.read_bytes()[:1000])


def no_digest(path: Path) -> None:
    write_mistakes(path, "digest", [ONE])
    with h5py.File(path, "r+") as file:
        del file.attrs["digest"]


def no_numbers(path: Path) -> None:
    write_mistakes(path, "digest", [ONE])
    with h5py.File(path, "r+") as file:
        del file["forward"]["numbers"]


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("spoil", [no_file, text, half, no_digest, no_numbers, folder])
def test_nothing_is_known_of_a_file_that_is_not_ours(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    path = tmp_path / "mistakes.h5"
    spoil(path)
    assert read_mistakes(path) == ("", ())
    assert known_mistakes(path, "") == ()
