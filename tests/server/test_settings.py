"""Where settings come from: what was typed wins over course.toml, and that over what can be derived."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignments.course import Course
from grader.errors import UsageError
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


@pytest.mark.parametrize("typed", [f"{TYPED}/", f"{TYPED}//"], ids=["a slash", "two"])
def test_a_slash_at_the_end_of_an_address_is_too_much(tmp_path: Path, typed: str) -> None:
    assert settings_of(Course(tmp_path), tmp_path / "data", base_url=typed).base_url == TYPED


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        pytest.param({"listen": "0.0.0.0:8000"}, "stands for all addresses", id="all addresses"),
        pytest.param({"listen": "[::]:8000"}, "stands for all addresses", id="all addresses of IPv6"),
        pytest.param({"base_url": "marks.example.org"}, "is no address of a service", id="no scheme"),
        pytest.param({"base_url": "ftp://a.example"}, "is no address of a service", id="another scheme"),
        pytest.param({"base_url": f"{TYPED}/marks"}, "is no address of a service", id="a path"),
        pytest.param({"base_url": f"{TYPED}?x"}, "is no address of a service", id="a query"),
        pytest.param({"base_url": "http://a:b"}, "is no address of a service", id="no port"),
        pytest.param({"base_url": "http://["}, "is no address of a service", id="half a host"),
        pytest.param({"base_url": ""}, "is no address of a service", id="nothing"),
    ],
)
def test_an_address_that_nobody_can_open_is_refused_with_an_example(
    tmp_path: Path, flags: dict[str, str], says: str
) -> None:
    with pytest.raises(UsageError, match=f"{says}(.*\n)+ *For example: --base-url http://"):
        settings_of(Course(tmp_path), tmp_path / "data", **flags)
