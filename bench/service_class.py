"""What a class does at a service, for Locust; `service_load.py` starts it."""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path

from locust import HttpUser, constant, constant_throughput, events, task
from locust.exception import StopUser

PLAN = json.loads(Path(os.environ["GRADER_LOAD_PLAN"]).read_text())
NUMBERS = itertools.count(1 if PLAN["flood"] else 0)
LOOK = 2.0
"""Seconds between two looks at the page of a submission."""
LONGEST = 60.0
WAITS = "data-wait"
"""What the page of a submission has while it waits."""


class Student(HttpUser):
    """Opens the list and the assignment, hands in, and looks until the feedback is there."""

    wait_time = constant(1)

    def on_start(self) -> None:
        """Be one of the class."""
        number = next(NUMBERS)
        self.me = PLAN["students"][number]
        self.content = Path(PLAN["folder"], f"{number}.ipynb").read_bytes()
        self.client.headers.update({"Cookie": self.me["cookie"], "Origin": self.host})

    @task
    def hand_in(self) -> None:
        """Do all that once."""
        page = f"/assignments/{PLAN['assignment']}"
        self.client.get("/", name="the list")
        self.client.get(page, name="the assignment")
        begun = time.perf_counter()
        form = {"csrf": self.me["csrf"]}
        file = {"notebook": ("mine.ipynb", self.content)}
        answer = self.client.post(
            f"{page}/submissions", data=form, files=file, name="handing in", allow_redirects=False
        )
        if answer.status_code == 303:
            self.look(answer.headers["location"], begun)
        raise StopUser

    def look(self, address: str, begun: float) -> None:
        """Look until the feedback is there, as the page does by itself."""
        seen = self.client.get(address, name="the submission at first")  # which may wait for the grading
        while WAITS in seen.text and time.perf_counter() - begun < LONGEST:
            time.sleep(LOOK)
            seen = self.client.get(address, name="the submission again")
        took = 1000 * (time.perf_counter() - begun)
        missing = TimeoutError("no feedback") if WAITS in seen.text or seen.status_code != 200 else None
        events.request.fire(
            request_type="-", name="until the feedback", response_time=took, response_length=0,
            exception=missing, context={},
        )  # fmt: skip


class Flood(HttpUser):
    """One student who hands in 50 times a second, and is told to wait."""

    fixed_count = 1 if PLAN["flood"] else 0
    wait_time = constant_throughput(50)

    def on_start(self) -> None:
        """Be the first of the class."""
        self.me = PLAN["students"][0]
        self.content = Path(PLAN["folder"], "0.ipynb").read_bytes()
        self.client.headers.update({"Cookie": self.me["cookie"], "Origin": self.host})
        self.sent = 0

    @task
    def hand_in(self) -> None:
        """Hand in something new each time; 429 with the time to wait is what has to come."""
        self.sent += 1
        content = self.content.replace(b"mine_0 = 0", b"mine_0 = %d" % self.sent)
        page = f"/assignments/{PLAN['assignment']}"
        form, file = {"csrf": self.me["csrf"]}, {"notebook": ("mine.ipynb", content)}
        with self.client.post(
            page, data=form, files=file, name="the flood", allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code == 303 or (answer.status_code == 429 and answer.headers["Retry-After"]):
                answer.success()


if not PLAN["flood"]:
    del Flood
