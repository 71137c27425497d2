"""Where settings come from: what was typed wins over course.toml, and that over what can be derived."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.server.settings import settings_of

WRITTEN = '[server]\nbase_url = "https://marks.example.org"\n'
TYPED = "https://typed.example.org"


@pytest.mark.parametrize(
    ("text", "flags", "address"),
    [
        pytest.param("", {}, "http://127.0.0.1:8000", id="nothing is said"),
        pytest.param("", {"listen": "[::1]:9"}, "http://[::1]:9", id="where it listens"),
        pytest.param(WRITTEN, {"listen": "[::1]:9"}, "https://marks.example.org", id="written"),
        pytest.param(WRITTEN, {"listen": "[::1]:9", "base_url": TYPED}, TYPED, id="typed"),
    ],
)
def test_the_address_that_people_type_is_the_one_that_was_said_last(
    tmp_path: Path, text: str, flags: dict[str, str], address: str
) -> None:
    (tmp_path / "course.toml").write_text(text)
    assert settings_of(Course(tmp_path), tmp_path / "data", **flags).base_url == address
