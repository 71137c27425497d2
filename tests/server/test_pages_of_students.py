"""What a student's pages say: due dates, which attempt counts, why something was refused, receipts."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta

import pytest
from serving import START, Service, new_service

from grader.assignments.course import Course
from grader.server.queue.graders import Graders

HOME, SMALL, TO = "/", "/assignments/small", "/assignments/small/submissions"


@pytest.fixture(scope="module")
def due_course(tiny_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The tiny course with a due date, a folder that was released, and a title."""
    root = tmp_path_factory.mktemp("due") / "course"
    for folder in ("solutions", "testcases", "assignments/small"):
        (root / folder).mkdir(parents=True)
    for folder in ("solutions", "testcases"):
        (root / folder / "small.py").write_bytes((tiny_course.root / folder / "small.py").read_bytes())
    (root / "assignments" / "small" / "small.ipynb").write_text("{}")
    due = (START + timedelta(hours=3)).isoformat().replace("15:00:00+00:00", "16:00:00+01:00")
    (root / "course.toml").write_text(
        f'title = "Numbers"\n[late]\nper_day = "10 %"\n[assignments.small]\ndue = {due}\n'
    )
    return Course(root)


@pytest.fixture
def due(due_course: Course, tmp_path, graders: Graders) -> Iterator[Service]:
    made = new_service(due_course, tmp_path / "due", graders)
    yield made
    made.database.close()


def sent(service: Service, content: bytes, name: str = "mine.ipynb"):
    return service.client(service.student).post(
        TO, files={"notebook": (name, content)}, follow_redirects=False
    )


def test_the_first_page_says_what_is_due_and_where_a_student_stands(due: Service, notebooks):
    page = due.client(due.student).get(HOME).text
    assert "Numbers" in page
    assert "Sun 29 Nov 2026, 16:00 (UTC+01:00)" in page
    assert "in 2 hours" in page
    assert "You have not handed in anything yet." in page
    sent(due, notebooks["wrong"])
    assert "1 attempt; the last one is waiting to be graded." in due.client(due.student).get(HOME).text


def test_late_work_is_said_to_be_late(due: Service, notebooks):
    due.clock.wait(hours=5)
    assert "2 hours ago" in due.client(due.student).get(SMALL).text
    sent(due, notebooks["right"])
    due.grade()
    page = due.client(due.student).get(SMALL).text
    assert '<strong class="late">late</strong>' in page
    assert "4.5 of 5" in page


@pytest.mark.parametrize(("counts", "points"), [("last", "0 of 5"), ("best", "5 of 5")])
def test_the_attempt_that_counts_is_marked(service: Service, notebooks, counts: str, points: str):
    chosen = service.with_settings(counts=counts)
    for name in ("right", "wrong"):
        sent(chosen, notebooks[name])
    chosen.grade()
    page = chosen.client(chosen.student).get(SMALL).text
    rows = [row for row in page.split("<tr>") if "Feedback on attempt" in row]
    assert [points in row for row in rows if "counts" in row] == [True]
    assert f"the {counts} attempt counts" in page


def test_what_is_refused_says_what_to_do_next_beside_the_place_to_do_it(service: Service, notebooks):
    answer = sent(service, notebooks["other"], "<b>other</b>.ipynb")
    assert answer.status_code == 422
    assert "This was not handed in" in answer.text
    assert "&lt;b&gt;other" in answer.text or "b&gt;.ipynb" in answer.text
    assert "<strong>Next:</strong> Choose the notebook" in answer.text
    assert 'type="file"' in answer.text


def test_a_submission_that_waits_says_how_long(service: Service, notebooks):
    place = sent(service, notebooks["right"]).headers["location"]
    service.clock.wait(seconds=30)
    page = service.client(service.student).get(place).text
    assert "Your notebook is stored and will be graded. It is next." in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_news_of_a_submission_end_when_it_is_graded(service: Service, notebooks):
    place = sent(service, notebooks["right"]).headers["location"]
    service.grade()
    news = service.client(service.student).get(f"{place}/state")
    assert news.headers["content-type"].startswith("text/event-stream")
    assert news.text.endswith("event: graded\ndata: now\n\n")


def test_a_receipt_has_the_time_and_the_digest(service: Service, notebooks):
    place = sent(service, notebooks["right"]).headers["location"]
    receipt = service.client(service.student).get(f"{place}/receipt.txt")
    assert hashlib.sha256(notebooks["right"]).hexdigest() in receipt.text
    assert "2026-11-29 12:00:00 UTC" in receipt.text
    assert "receipt-small-1.txt" in receipt.headers["content-disposition"]


def test_the_address_of_the_form_leads_to_its_page(service: Service):
    answer = service.client(service.student).get(TO, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, SMALL)


def test_what_was_released_is_a_zip_and_nothing_else_is(due: Service, service: Service):
    found = due.client(due.student).get(f"{SMALL}/handout.zip")
    assert zipfile.ZipFile(io.BytesIO(found.content)).namelist() == ["small/small.ipynb"]
    assert service.client(service.student).get(f"{SMALL}/handout.zip").status_code == 404
    assert "Download what you start from" not in service.client(service.student).get(SMALL).text


def test_whoever_is_not_known_is_told_how_to_come_in(service: Service):
    page = service.client().get(HOME).text
    assert "open the link that your instructor gave you" in page
    assert "/openid" not in page
    university = service.with_settings(openid_issuer="https://idp.example", openid_client_id="1")
    page = university.client().get(HOME).text
    assert 'href="/openid"' in page


def test_files_may_be_kept_for_ever_and_change_their_address(service: Service):
    page = service.client().get(HOME).text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    sheet = service.client().get(address)
    assert "immutable" in sheet.headers["cache-control"]
    assert "--page" in sheet.text
    assert service.client().get("/static/0/none.css").status_code == 404
