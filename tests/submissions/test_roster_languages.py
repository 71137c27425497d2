"""Rosters of other countries are read: their encodings, their headings, and lists without any."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.models.submission import Student
from grader.submissions.roster import compared, read_roster

CASES = Path(__file__).parents[3] / "shared" / "cases" / "intake" / "roster"
ANNA = Student("anna@x.edu", "Anna Größe", "anna@x.edu", "", {"moodle": "101"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize(
    "heading",
    [
        pytest.param("Identifier;Full name;Email address", id="English"),
        pytest.param("Teilnehmer/in;Vollständiger Name;E-Mail-Adresse", id="German"),
        pytest.param("Identifiant;Nom complet;Adresse de courriel", id="French"),
        pytest.param("Identificador;Nombre completo;Dirección de correo", id="Spanish"),
    ],
)
def test_a_worksheet_of_moodle_is_read_in_its_language(tmp_path: Path, heading: str, encoding: str) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(f"{heading};Status\nTeilnehmer/in101;Anna Größe;anna@x.edu;-\n", encoding)
    assert read_roster(path) == (ANNA,)


@pytest.mark.parametrize(
    "heading",
    ["Vorname,Nachname,ID-Nummer", "Prénom,Nom,Numéro d’identification", "Nombre,Apellido(s),ID number"],
)
def test_first_and_last_names_are_joined(tmp_path: Path, heading: str) -> None:
    (tmp_path / "roster.csv").write_text(f"{heading}\nAda,Lovelace,7\n", "utf-8")
    assert read_roster(tmp_path / "roster.csv") == (Student("7", "Ada Lovelace", keys={"sis": "7"}),)


@pytest.mark.parametrize("ids", [("1001", "1002"), ("ada@x.edu", "bo@x.edu"), ("ada", "bo")])
def test_a_list_without_a_heading_is_one_of_ids(tmp_path: Path, ids: tuple[str, str]) -> None:
    (tmp_path / "roster.csv").write_text("\n".join(ids))
    assert tuple(student.id for student in read_roster(tmp_path / "roster.csv")) == ids
    assert compared(tmp_path / "roster.csv") == {"the id": ids[0]}


def test_what_is_compared_is_told_with_an_example(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("Name,SID,Login,Group\n,7,,A\nAda,8,,B\n")
    assert compared(tmp_path / "roster.csv") == {"Name": "Ada", "SID": "7"}


@pytest.mark.parametrize(
    ("case", "ids"),
    [
        pytest.param("moodle_de.csv", ["ada@x.edu", "bo@x.edu"], id="German Moodle"),
        pytest.param("sep_line.csv", [*map(str, range(1001, 1011))], id="Excel"),
        pytest.param("plain.csv", [*map(str, range(1001, 1011))], id="plain"),
    ],
)
def test_the_cases_are_read(case: str, ids: list[str]) -> None:
    if not CASES.exists():
        pytest.skip(f"{CASES} is not here")
    assert [student.id for student in read_roster(CASES / case)] == ids
