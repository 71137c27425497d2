"""What a class does at a service, for Locust; `service_load.py` starts it."""

from __future__ import annotations

import itertools
import json
import os
import random
import sys
import time
from pathlib import Path

from locust import FastHttpUser, constant, constant_throughput, events, task
from locust.exception import StopUser
from urllib3 import encode_multipart_formdata

PLAN = json.loads(Path(os.environ["GRADER_LOAD_PLAN"]).read_text())
NUMBERS = itertools.count(1 if PLAN["flood"] else 0)
MOMENTS = random.Random("class")
LONGEST = 60.0
WAITS = "data-wait"
"""What the page of a submission has while it waits."""


def form(me: dict[str, str], content: bytes, headers: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    """Return a notebook as a browser sends it, and the headers of the request."""
    data, kind = encode_multipart_formdata({"csrf": me["csrf"], "notebook": ("mine.ipynb", content)})
    return data, {**headers, "Content-Type": kind}


class Student(FastHttpUser):
    """Opens the list and the assignment, hands in, and listens until the feedback is there."""

    wait_time = constant(1)

    def on_start(self) -> None:
        """Be one of the class, who comes at some moment of their own."""
        number = next(NUMBERS)
        self.me = PLAN["students"][number]
        self.content = Path(PLAN["folder"], f"{number}.ipynb").read_bytes()
        self.headers = {"Cookie": self.me["cookie"], "Origin": self.host}
        time.sleep(MOMENTS.uniform(0, PLAN["seconds"]))

    @task
    def hand_in(self) -> None:
        """Do all that once."""
        page = f"/assignments/{PLAN['assignment']}"
        self.client.get("/", name="the list", headers=self.headers)
        self.client.get(page, name="the assignment", headers=self.headers)
        begun = time.perf_counter()
        data, headers = form(self.me, self.content, self.headers)
        answer = self.client.post(
            f"{page}/submissions", data=data, headers=headers, name="handing in", allow_redirects=False
        )
        if answer.status_code == 303:
            self.look(answer.headers["location"], begun)
        raise StopUser

    def look(self, address: str, begun: float) -> None:
        """Look at the page until it has the feedback, as a browser does by itself."""
        seen = self.page(address, "the submission at first")  # which may wait for the grading
        while WAITS in seen and time.perf_counter() - begun < LONGEST:
            self.listen(f"{address}/state")
            seen = self.page(address, "the submission again")
        took = 1000 * (time.perf_counter() - begun)
        missing = TimeoutError("no feedback") if WAITS in seen else None
        events.request.fire(
            request_type="-", name="until the feedback", response_time=took, response_length=0,
            exception=missing, context={},
        )  # fmt: skip

    def page(self, address: str, name: str) -> str:
        """Return the text of a page; one that is missing has no feedback."""
        return self.client.get(address, name=name, headers=self.headers).text or WAITS

    def listen(self, address: str) -> None:
        """Listen to what the service says of the queue until it is graded, as the script of the page does."""
        for line in self.client.iter_lines(address, name="its events", headers=self.headers):
            if line == "event: graded":
                break


class Flood(FastHttpUser):
    """One student who hands in 50 times a second, and is told to wait."""

    fixed_count = 1 if PLAN["flood"] else 0
    wait_time = constant_throughput(50)

    def on_start(self) -> None:
        """Be the first of the class."""
        self.me = PLAN["students"][0]
        self.content = Path(PLAN["folder"], "0.ipynb").read_bytes()
        self.headers = {"Cookie": self.me["cookie"], "Origin": self.host}
        self.sent = self.told = 0

    @task
    def hand_in(self) -> None:
        """Hand in something new each time; 429 with the time to wait is what has to come."""
        self.sent += 1
        content = self.content.replace(b"attempt = 0", b"attempt = %d" % self.sent)
        page = f"/assignments/{PLAN['assignment']}/submissions"
        data, headers = form(self.me, content, self.headers)
        with self.client.post(
            page, data=data, headers=headers, name="the flood", allow_redirects=False, catch_response=True
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
