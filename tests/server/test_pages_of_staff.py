"""What those who mark see and decide: what needs a person, marks, groups, exports, who did what."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from serving import Service

from grader.server.pages.export_page import WORDS
from grader.server.store import people, submissions
from grader.server.store.people import Person

CLASS = "/classes/small"
TO = "/assignments/small/submissions"


def submit(service: Service, person: Person, content: bytes) -> None:
    sent = service.client(person).post(
        TO, files={"notebook": ("mine.ipynb", content)}, follow_redirects=False
    )
    assert sent.status_code == 303


@pytest.fixture
def taught(service: Service, notebooks) -> Service:
    """Ann is wrong, Cid makes the same mistake, Dan is right, and Eve has submitted nothing."""
    with service.database.writing() as connection:
        them = {
            key: people.add(connection, key, "student", name=f"{key.title()} Roe", email=f"{key}@example.org")
            for key in ("cid", "dan", "eve")
        }
    submit(service, service.student, notebooks["wrong"])
    submit(service, them["cid"], notebooks["wrong"] + b"\n")
    submit(service, them["dan"], notebooks["right"])
    assert service.grade() == 3
    return service


def row_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr") if name in row)


def page_of(service: Service, person: Person) -> str:
    return f"{CLASS}/students/{person.public}"


def named(service: Service, key: str) -> Person:
    with service.database.reading() as connection:
        found = people.with_key(connection, key)
    assert found
    return found


def decide(service: Service, path: str, **fields: str):
    return service.client(service.instructor).post(path, data=fields, follow_redirects=False)


def test_the_table_has_everybody_with_a_sign_for_each_function(taught: Service):
    page = taught.client(taught.assistant).get(CLASS).text
    assert "3 of 4 handed in." in page
    assert "✗" in row_of(page, "Ann Lee")
    assert "✓" in row_of(page, "Dan Roe")
    assert "not submitted" in row_of(page, "Eve Roe")


def test_a_search_finds_names_ids_and_addresses(taught: Service):
    client = taught.client(taught.instructor)
    for words, found in (("ROE", 3), ("dan@", 1), ("ann", 1), ("nobody", 0), ("", 4)):
        assert client.get(CLASS, params={"find": words}).text.count('<th scope="row">') == found


@pytest.mark.parametrize("at", ["nobody.0", "{ann}.1", "{ann}.-1", "{ann}.٣", "{ann}", "{eve}.0", "." * 3000])
def test_what_is_not_there_is_not_shown_beside_the_table(taught: Service, at: str):
    at = at.format(ann=taught.student.public, eve=named(taught, "eve").public)
    answer = taught.client(taught.instructor).get(CLASS, params={"at": at})
    assert answer.status_code == 200
    assert 'class="beside"' not in answer.text


def test_a_function_stands_beside_the_table_with_its_neighbours(taught: Service):
    page = taught.client(taught.instructor).get(CLASS, params={"at": f"{taught.student.public}.0"}).text
    beside = page.partition('id="beside"')[2].partition('id="students"')[0]
    assert "wrong value" in beside
    assert "Next student" in beside
    assert "Previous student" not in beside
    assert "Adjust the mark of" in beside


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        pytest.param({"action": "points", "value": "6"}, "more than the 5 that can be earned", id="too many"),
        pytest.param({"action": "points", "value": "-1"}, "makes no sense here", id="fewer than none"),
        pytest.param({"action": "points", "value": "nan"}, "makes no sense here", id="no number"),
        pytest.param(
            {"action": "points", "value": "1", "because": " "}, "The reason is empty", id="no reason"
        ),
        pytest.param({"action": "late-days", "value": "1.5"}, "late days are whole", id="half a day"),
        pytest.param({"action": "shout", "value": "1"}, "It is not said what to do", id="no action"),
        pytest.param(
            {"function": "treble", "action": "points", "value": "1"}, "no function treble", id="unknown"
        ),
    ],
)
def test_an_adjustment_that_makes_no_sense_changes_nothing_and_says_why(taught: Service, fields, says):
    fields = {"function": "", "because": "Why not?", **fields}
    answer = decide(taught, f"{page_of(taught, taught.student)}/adjust", **fields)
    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text
    assert says in answer.text
    assert row_of(taught.client(taught.assistant).get(CLASS).text, "Ann Lee").count("<td>0</td>") == 1


def test_an_adjustment_counts_is_undone_and_leads_back_to_where_it_was_made(taught: Service):
    ann, at = page_of(taught, taught.student), f"{CLASS}?at={taught.student.public}.0"
    fields = {"function": "double", "value": "2,5", "because": "Half of it.", "action": "points"}
    answer = decide(taught, f"{ann}/adjust", back=at, **fields)
    assert answer.headers["location"] == f"{at}&done=adjusted"
    assert "<td>2.5</td>" in row_of(taught.client(taught.assistant).get(CLASS).text, "Ann Lee")
    outside = decide(taught, f"{ann}/adjust", back="https://evil.example/?x", **{**fields, "action": "undo"})
    assert outside.headers["location"] == f"{ann}?done=adjusted"
    assert "<td>0</td>" in row_of(taught.client(taught.assistant).get(CLASS).text, "Ann Lee")


def test_where_there_is_no_due_date_none_is_extended(taught: Service):
    assert (
        decide(taught, f"{page_of(taught, taught.student)}/extend", until="2027-01-01T12:00").status_code
        == 404
    )
    assert (
        "Extend the due date"
        not in taught.client(taught.instructor).get(page_of(taught, taught.student)).text
    )


def test_what_is_said_to_a_group_is_read_by_all_of_it_until_it_is_taken_back(taught: Service):
    client = taught.client(taught.assistant)
    page = client.get(f"{CLASS}/mistakes").text
    assert "Say it to all 2" in page
    group = page.partition('name="group" value="')[2].partition('"')[0]

    def said() -> list[bool]:
        pages = (page_of(taught, named(taught, key)) for key in ("ann", "cid", "dan"))
        return ["Read the task." in client.get(place).text for place in pages]

    assert (
        "It is said" in client.post(f"{CLASS}/mistakes", data={"group": group, "text": "Read the task."}).text
    )
    assert said() == [True, True, False]
    assert "taken back" in client.post(f"{CLASS}/mistakes", data={"group": group, "text": ""}).text
    assert said() == [False, False, False]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"group": "double-000000", "text": "Hello."}, "Nobody is in this group"),
        ({"group": "", "text": "x" * 2001}, "longer than 2,000 characters"),
    ],
    ids=["no group", "too long"],
)
def test_what_nobody_would_read_is_not_said(taught: Service, fields, says):
    answer = taught.client(taught.assistant).post(f"{CLASS}/mistakes", data=fields)
    assert answer.status_code == 422
    assert says in answer.text


def test_who_submitted_what_is_a_download_and_never_a_page(taught: Service, notebooks):
    place = f"{page_of(taught, taught.student)}/attempts/1/notebook.ipynb"
    answer = taught.client(taught.assistant).get(place)
    assert answer.content == notebooks["wrong"]
    assert answer.headers["content-disposition"] == 'attachment; filename="small-attempt-1.ipynb"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert taught.client(taught.assistant).get(place.replace("/1/", "/2/")).status_code == 404


def test_the_report_of_a_class_leads_to_pages_of_this_service(taught: Service):
    answer = taught.client(taught.assistant).get(f"{CLASS}/report")
    assert f'href="{page_of(taught, taught.student)}"' in answer.text
    assert "grader comment" not in answer.text
    assert "feedback/" not in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("name", WORDS)
def test_every_format_is_a_download(taught: Service, name: str):
    answer = taught.client(taught.instructor).get(f"{CLASS}/export/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith(f'attachment; filename="small-{name}.')
    if answer.headers["content-disposition"].endswith('.zip"'):
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None


def test_the_table_has_all_students_and_no_zero_for_who_submitted_nothing(taught: Service):
    text = taught.client(taught.instructor).get(f"{CLASS}/export/csv").text
    rows = {row["id"]: row["points"] for row in csv.DictReader(io.StringIO(text))}
    assert rows == {"ann": "0", "cid": "0", "dan": "5", "eve": ""}


MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (grade),Feedback comments\n"
    "Participant 11,Ann Lee,ann@example.org,Submitted,,5.00,Yes,-,\n"
)


def filled(service: Service, table: str, **fields: str):
    return service.client(service.instructor).post(
        f"{CLASS}/export/moodle", files={"notebook": ("table.csv", table.encode())}, data=fields
    )


def test_a_table_of_a_learning_system_is_filled_in(taught: Service):
    answer = filled(taught, MOODLE)
    assert answer.status_code == 422
    assert "2 submissions are of nobody in that table: cid, dan." in answer.text
    answer = filled(taught, MOODLE, anyway="yes")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["Full name"], row["Grade"]) == ("Ann Lee", "0")


def test_a_table_that_is_none_is_refused_with_the_reason(taught: Service):
    answer = filled(taught, "\x00")
    assert answer.status_code == 422
    assert "This was not exported" in answer.text
    assert "The table: it is not text" in answer.text


def test_nothing_is_exported_or_reported_before_anything_is_graded(service: Service):
    client = service.client(service.instructor)
    assert "Nothing is graded yet" in client.get(f"{CLASS}/export/csv").text
    assert "There is nothing to report yet" in client.get(f"{CLASS}/report").text
    assert client.get(f"{CLASS}/export/nonsense").status_code == 404


def test_an_assistant_is_shown_no_way_to_what_only_an_instructor_may(taught: Service):
    page = taught.client(taught.assistant).get(CLASS).text
    for name in ("export", "regrade", "history"):
        assert f"{CLASS}/{name}" not in page
        assert f"{CLASS}/{name}" in taught.client(taught.instructor).get(CLASS).text


def test_everything_is_written_down_with_who_did_it(taught: Service):
    decide(
        taught, f"{page_of(taught, taught.student)}/adjust",
        function="", action="add", value="1", because="A <b>kind</b> word.",
    )  # fmt: skip
    page = taught.client(taught.instructor).get(f"{CLASS}/history").text
    row = next(row for row in page.split("<li>") if "adjusted" in row)
    assert "Iris Moe" in row
    assert "Ann Lee" in row
    assert "because A &lt;b&gt;kind&lt;/b&gt; word." in row


def test_a_regrading_that_is_dropped_leaves_the_marks(taught: Service):
    client = taught.client(taught.instructor)
    assert "nothing would change" in client.get(f"{CLASS}/regrade").text
    page = client.post(f"{CLASS}/regrade").text
    assert "No mark would change." in page
    public = page.partition('name="regrading" value="')[2].partition('"')[0]
    assert (
        "The marks are as they were." in client.post(f"{CLASS}/regrade/drop", data={"regrading": public}).text
    )
    assert "Somebody was faster" in client.post(f"{CLASS}/regrade/accept", data={"regrading": public}).text
    assert client.post(f"{CLASS}/regrade/accept", data={"regrading": "none"}).status_code == 404


def test_what_needs_a_person_is_on_top_and_on_the_first_page(service: Service):
    with service.database.writing() as connection:
        submissions.add(
            connection, service.student, "small", "mine.ipynb", b"<html>", service.clock(), "page"
        )
    service.grade()
    client = service.client(service.instructor)
    page = client.get(CLASS).text.partition('id="attention"')[2].partition("</section>")[0]
    assert "could not be read" in page
    assert "They were told why, and can hand in again." in page
    assert page_of(service, service.student) in page
    assert "1 needs a person." in client.get("/").text
