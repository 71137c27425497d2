"""What `grader serve` says when it begins, and the file of links that it leaves for the instructor."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from serving import Service

from grader.assignments.course import Course
from grader.cli.serve import command
from grader.errors import IsolationError
from grader.server.identity.links import keep_links, person_of_link
from grader.server.services import open_services
from grader.server.settings import settings_of
from grader.server.store import people

ROSTER = 'id,name\nann,"Lee, Ann"\nzoe,Zoë <b>Größe</b>\nodd,"=HYPERLINK(""http://evil.example"")"\n'
Begin = Callable[..., str]


@pytest.fixture
def begin(tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Begins a service with a roster, which ends when it would listen; returns what it printed."""
    monkeypatch.setattr("grader.server.run.serve", lambda services, begun: begun())
    (tmp_path / "class.csv").write_text(ROSTER, encoding="utf-8")
    usual = ["--course", str(tiny_course.root), "--data", str(tmp_path / "service")]

    def typed(*more: str) -> str:
        ended = CliRunner().invoke(command, [*usual, *more])
        assert ended.exception is None, ended.output
        return ended.output

    return typed


def with_roster(begin: Begin, tmp_path: Path, *more: str) -> str:
    return begin("--roster", str(tmp_path / "class.csv"), *more)


def test_the_links_of_a_class_are_written_where_only_the_instructor_reads_them(
    begin: Begin, tmp_path: Path, tiny_course: Course
):
    printed = with_roster(begin, tmp_path)

    file = tmp_path / "service/links.csv"
    assert f"Wrote {file}: the personal link of each of 4 people" in printed
    assert "  Next: send each their own by a mail merge." in printed
    assert "work on this machine alone" in printed
    assert file.stat().st_mode & 0o777 == 0o600
    services = open_services(settings_of(tiny_course, tmp_path / "service"))
    with file.open(encoding="utf-8", newline="") as table:
        rows = {row["id"]: row for row in csv.DictReader(table)}
    found = {key: person_of_link(services, row["link"].rpartition("/")[2]) for key, row in rows.items()}
    services.database.close()
    assert {key: person.key for key, person in found.items() if person} == {key: key for key in rows}
    assert (rows["ann"]["name"], rows["zoe"]["name"]) == ("Lee, Ann", "Zoë <b>Größe</b>")
    assert rows["odd"]["name"].startswith("'=")


def test_links_that_still_let_everybody_in_are_left_and_said_to_be(begin: Begin, tmp_path: Path):
    with_roster(begin, tmp_path)
    before = (tmp_path / "service/links.csv").read_bytes()

    assert "Their links are in" in with_roster(begin, tmp_path)
    assert (tmp_path / "service/links.csv").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        pytest.param(lambda text: text, 4, id="links of another address"),
        pytest.param(lambda text: text.splitlines()[0], 4, id="a table without rows"),
        pytest.param(lambda text: "\0\n" + text, 4, id="no table"),
        pytest.param(lambda text: 'x"' * 200_000, 4, id="a cell that is too large"),
        pytest.param(lambda text: re.sub("ann,.*", "", text), 1, id="one is missing"),
        pytest.param(lambda text: text.replace("/enter/", "/enter/x"), 4, id="altered links"),
    ],
)
def test_a_file_with_other_links_is_never_overwritten(
    begin: Begin, tmp_path: Path, change: Callable[[str], str], lacking: int, request: pytest.FixtureRequest
):
    other = ("--base-url", "https://a.example") if "another" in request.node.callspec.id else ()
    with_roster(begin, tmp_path, *other)
    file = tmp_path / "service/links.csv"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")
    before = file.read_bytes()

    printed = with_roster(begin, tmp_path)

    assert f"is left as it was; {lacking} of 4 people have no link in it" in printed
    assert f"Next: mv {file} old-links.csv, and type this command again." in printed
    assert file.read_bytes() == before


def test_a_class_that_comes_in_otherwise_or_is_empty_has_no_file_of_links(
    begin: Begin, tmp_path: Path, tiny_course: Course
):
    assert "links" not in begin()
    settings = tiny_course.root / "course.toml"
    settings.write_text('[server]\nopenid_issuer = "https://id.example"\n')
    try:
        printed = with_roster(begin, tmp_path)
    finally:
        settings.unlink()
    assert "links" not in printed
    assert not (tmp_path / "service/links.csv").exists()


def test_a_replaced_link_is_missed_in_the_file(service: Service):
    assert keep_links(service.services) == (service.services.settings.data / "links.csv", True, 3, 0)
    with service.database.writing() as connection:
        people.replace_links(connection, service.student, service.clock() + timedelta(seconds=1))
    assert keep_links(service.services) == (service.services.settings.data / "links.csv", False, 3, 1)


def test_git_keeps_nothing_of_the_folder_of_a_service(begin: Begin, tmp_path: Path):
    begin()
    assert (tmp_path / "service/.gitignore").read_text() == "*\n"
    assert (tmp_path / "service").stat().st_mode & 0o777 == 0o700


def test_nobody_else_reads_the_database_even_in_a_folder_of_all(begin: Begin, tmp_path: Path):
    (tmp_path / "service").mkdir(mode=0o755)
    begin()
    files = [*(tmp_path / "service").iterdir()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}


@pytest.mark.parametrize("more", [(), ("--demo",)], ids=["a course", "the demonstration"])
def test_a_service_that_could_grade_nothing_says_so_before_anything_is_made(
    more: tuple[str, ...], tiny_course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def refuse(timeout: float, required: str) -> None:
        raise IsolationError(f"{required} cannot be reached within {timeout} s")

    monkeypatch.setattr("grader.server.run.ForkServer", refuse)
    usual = ["--course", str(tiny_course.root), "--data", str(tmp_path / "service")]
    ended = CliRunner().invoke(command, [*usual, "--isolation", "full", "--timeout", "3", *more])
    assert str(ended.exception) == "full cannot be reached within 3.0 s"
    assert [*tmp_path.iterdir()] == []


def test_a_service_whose_cluster_grades_needs_no_sandbox_of_its_own(
    begin: Begin, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("grader.server.run.ForkServer", None)
    assert "Serving" in begin("--cluster", "tls://there:8786")
