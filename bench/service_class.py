"""What a class does at a service, for Locust; `service_load.py` starts it."""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from pathlib import Path

from locust import HttpUser, constant, constant_throughput, events, task
from locust.exception import StopUser

PLAN = json.loads(Path(os.environ["GRADER_LOAD_PLAN"]).read_text())
NUMBERS = itertools.count(1 if PLAN["flood"] else 0)
LONGEST = 60.0
WAITS = "data-wait"
"""What the page of a submission has while it waits."""


class Student(HttpUser):
    """Opens the list and the assignment, hands in, and listens until the feedback is there."""

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
        """Look at the page until it has the feedback, as a browser does by itself."""
        seen = self.client.get(address, name="the submission at first")  # which may wait for the grading
        while WAITS in seen.text and time.perf_counter() - begun < LONGEST:
            self.listen(f"{address}/state")
            seen = self.client.get(address, name="the submission again")
        took = 1000 * (time.perf_counter() - begun)
        missing = TimeoutError("no feedback") if WAITS in seen.text or seen.status_code != 200 else None
        events.request.fire(
            request_type="-", name="until the feedback", response_time=took, response_length=0,
            exception=missing, context={},
        )  # fmt: skip

    def listen(self, address: str) -> None:
        """Listen to what the service says of the queue until it is graded, as the script of the page does."""
        with self.client.get(
            address, name="its events", stream=True, timeout=LONGEST, catch_response=True
        ) as events_of:
            for line in events_of.iter_lines():
                if line == b"event: graded":
                    break


class Flood(HttpUser):
    """One student who hands in 50 times a second, and is told to wait."""

    fixed_count = 1 if PLAN["flood"] else 0
    wait_time = constant_throughput(50)

    def on_start(self) -> None:
        """Be the first of the class."""
        self.me = PLAN["students"][0]
        self.content = Path(PLAN["folder"], "0.ipynb").read_bytes()
        self.client.headers.update({"Cookie": self.me["cookie"], "Origin": self.host})
        self.sent = self.told = 0

    @task
    def hand_in(self) -> None:
        """Hand in something new each time; 429 with the time to wait is what has to come."""
        self.sent += 1
        content = self.content.replace(b"attempt = 0", b"attempt = %d" % self.sent)
        page = f"/assignments/{PLAN['assignment']}/submissions"
        form, file = {"csrf": self.me["csrf"]}, {"notebook": ("mine.ipynb", content)}
        with self.client.post(
            page, data=form, files=file, name="the flood", allow_redirects=False, catch_response=True
        ) as answer:
            told = answer.status_code == 429 and "Retry-After" in answer.headers
            if answer.status_code == 303 or told:
                answer.success()
            else:
                answer.failure(f"{answer.status_code} instead of 303, or 429 with the time to wait")
            self.told += told

    def on_stop(self) -> None:
        """Say how often it was told to wait."""
        print(f"the flood sent {self.sent}, and was told to wait {self.told} times", file=sys.stderr)


if not PLAN["flood"]:
    del Flood
