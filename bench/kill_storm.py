"""Kill parts of a service while a class submits; count what is lost, graded twice, or marked otherwise.

python bench/kill_storm.py SUBMISSIONS KILLS [--postgres] [--seed N]

Whoever is killed with -9 is drawn by lot: the supervisor (which is started again, as systemd does), a
process that answers, one that grades, or the database. A submission counts as acknowledged when its student
was answered; who was not submits again, as a student would. In the end each acknowledged one has to be there
and graded once, and each mark to be that of `grader grade`.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import nbformat
import sqlalchemy as sql
from doubling import write_course
from postgres import Postgres

from grader.errors import RefusedError
from grader.models.submission import Student
from grader.server.identity import csrf
from grader.server.identity.cookies import cookie_name
from grader.server.run import prepare
from grader.server.services import Services
from grader.server.settings import settings_of
from grader.server.store import people, queue, sessions
from grader.server.store.tables import GRADINGS, SUBMISSIONS

SENDERS = 4
PATIENCE = 120.0
"""Seconds for all that waits to be graded after the last kill, and for one submission to be acknowledged."""


@dataclass
class Told:
    """What happened: who was killed, what was acknowledged, how often a student had to submit again."""

    kills: Counter[str] = field(default_factory=Counter)
    acknowledged: dict[str, str] = field(default_factory=dict)  # student -> address of the submission
    again: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    longest: float = 0.0  # for one student, with all repetitions


@dataclass
class Storm:
    """A service that is being killed."""

    folder: Path
    services: Services
    port: int
    postgres: Postgres | None
    told: Told = field(default_factory=Told)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Return the address of the service."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the service, as systemd does."""
        settings = self.services.settings
        how = f"serve --listen 127.0.0.1:{self.port} --isolation weak --jobs 2"
        places = ["--course", str(settings.course.root), "--data", str(settings.data)]
        told = [sys.executable, "-m", "grader", *how.split(), *places, "--database", settings.database]
        with (self.folder / "service.log").open("ab") as log:
            self.process = subprocess.Popen(told, stdout=log, stderr=log, start_new_session=True)

    def keep_up(self, until: threading.Event) -> None:
        """Start the service again whenever it is gone, as systemd does."""
        while not until.wait(0.1):
            if self.process and self.process.poll() is not None:  # which reaps it
                self.start()

    def kill(self, chance: random.Random) -> None:
        """Kill something with -9."""
        victims = ["supervisor", "answers", "grades", "grades", *(["database"] * 2 if self.postgres else [])]
        victim = chance.choice(victims)
        if victim == "database" and self.postgres:
            self.postgres.kill()
            time.sleep(chance.random())
            self.postgres.start()
        elif self.process and victim == "supervisor":
            self.process.send_signal(signal.SIGKILL)
        else:
            there = [pid for pid in self._children() if _name(pid).startswith(victim)]
            if not there:
                self.kill(chance)
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(there), signal.SIGKILL)
        self.told.kills[victim] += 1

    def _children(self) -> list[int]:
        if not self.process:
            return []
        with contextlib.suppress(OSError):
            path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            return [*map(int, path.read_text().split())]
        return []

    def submit(self, person: people.Person, content: bytes, cookie: str) -> None:
        """Submit until it is acknowledged."""
        settings, begin = self.services.settings, time.monotonic()
        headers = {
            csrf.HEADER: csrf.token(cookie, settings.secret),
            "sec-fetch-site": "same-origin",
            "cookie": f"{cookie_name(self.services)}={cookie}",
        }
        while time.monotonic() < begin + PATIENCE:
            try:
                answer = httpx.post(
                    f"{self.address}/assignments/small/submissions",
                    files={"notebook": (f"{person.key}.ipynb", content)},
                    data={csrf.FIELD: headers[csrf.HEADER]},
                    headers=headers,
                    timeout=30,
                )
            except httpx.HTTPError as error:
                self.told.again[type(error).__name__] += 1
            else:
                if answer.status_code == 303:
                    self.told.acknowledged[person.key] = answer.headers["location"]
                    self.told.longest = max(self.told.longest, time.monotonic() - begin)
                    return
                self.told.again[str(answer.status_code)] += 1
            time.sleep(0.2)

    def drained(self) -> None:
        """Wait until nothing waits."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(RefusedError), self.services.database.reading() as connection:
                if not queue.waiting(connection):
                    return
            time.sleep(0.2)


def _name(pid: int) -> str:
    """The name of a part, which a process of the service gives itself."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_text().strip()
    return ""


def work(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield students with notebooks: right ones, wrong ones, endless ones; each takes a while."""
    for i in range(count):
        answer = "2 * x" if i % 5 else "3 * x"
        source = f"import time\ndef double(x):\n    time.sleep(0.02)\n    return {answer} + {i} * 0"
        cell = nbformat.v4.new_code_cell(source)
        yield f"s{i:04}", nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()


def storm(folder: Path, count: int, kills: int, postgres: Postgres | None, seed: int = 0) -> Told:
    """Let a class submit to a service that is killed again and again; check what is there in the end.

    Raises:
        AssertionError: something was lost, graded twice, or is marked otherwise than by `grader grade`.
    """
    course = write_course(folder / "course")
    database = postgres.url(f"storm{seed}") if postgres else ""
    services = prepare(settings_of(course, folder / "data", database, isolation="weak"))
    there = Storm(folder, services, _free_port(), postgres)
    handed = dict(work(count))
    with services.database.writing() as connection:
        people.enrol(connection, [Student(name) for name in handed])
        class_ = people.all_of(connection, "student")
        cookies = {one.key: sessions.begin(connection, one, services.now()) for one in class_}
    there.start()
    over, begin, chance = threading.Event(), time.monotonic(), random.Random(seed)
    keeper = threading.Thread(target=there.keep_up, args=(over,))
    keeper.start()
    try:
        with ThreadPoolExecutor(SENDERS) as senders:
            sent = [senders.submit(there.submit, one, handed[one.key], cookies[one.key]) for one in class_]
            for i in range(kills):
                _wait_for(there, (i + 1) * count // (kills + 1))
                time.sleep(chance.random() * 0.5)
                there.kill(chance)
            for one in sent:
                one.result()
        there.drained()
    finally:
        over.set()
        keeper.join()
        if there.process:
            there.process.terminate()
            there.process.wait()
    there.told.seconds = time.monotonic() - begin
    check(there, handed)
    services.database.close()
    return there.told


def _wait_for(there: Storm, count: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(there.told.acknowledged) < count and time.monotonic() < until:
        time.sleep(0.02)


def check(there: Storm, handed: dict[str, bytes]) -> None:
    """Compare what is in the database with what was acknowledged, and with what `grader grade` says.

    Raises:
        AssertionError: they differ.
    """
    with there.services.database.reading() as connection:
        rows = connection.execute(
            sql.select(SUBMISSIONS.c.public, SUBMISSIONS.c.person, GRADINGS.c.points).join(
                GRADINGS, GRADINGS.c.submission == SUBMISSIONS.c.number, isouter=True
            )
        ).all()
        names = {one.number: one.key for one in people.all_of(connection, "student")}
    marks = {names[row.person]: row.points for row in rows}
    lost = {
        key
        for key, at in there.told.acknowledged.items()
        if at.split("/")[-1] not in {r.public for r in rows}
    }
    assert there.told.acknowledged.keys() == handed.keys(), "some were never acknowledged"
    assert not lost, f"acknowledged and lost: {lost}"
    assert len(rows) == len(handed), f"{len(handed)} were handed in, and there are {len(rows)} gradings"
    assert None not in marks.values(), "some were not graded"
    assert marks == graded_by_the_command(there, handed)


def graded_by_the_command(there: Storm, handed: dict[str, bytes]) -> dict[str, float]:
    """Return what `grader grade` says of the same files."""
    (there.folder / "in").mkdir()
    for name, content in handed.items():
        (there.folder / "in" / f"{name}.ipynb").write_bytes(content)
    course = there.services.settings.course.root
    told = (
        f"grade small {there.folder / 'in'} --out {there.folder / 'out'} --course {course} --isolation weak"
    )
    subprocess.run([sys.executable, "-m", "grader", *told.split(), "--quiet"], check=True, timeout=600)
    results = json.loads((there.folder / "out" / "results.json").read_bytes())
    return {one["id"]: one["points"] for one in results["submissions"]}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Let it storm once, and print what happened."""
    parser = argparse.ArgumentParser()
    parser.add_argument("submissions", type=int)
    parser.add_argument("kills", type=int)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    said = parser.parse_args(arguments)
    folder = Path(tempfile.mkdtemp(prefix="storm-"))
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Postgres(folder / "postgres")) if said.postgres else None
        told = storm(folder, said.submissions, said.kills, server, said.seed)
    print(f"{said.submissions} submissions, {said.kills} kills {dict(told.kills)}, {told.seconds:.0f} s")
    print("all acknowledged ones are there, graded once, with the marks of `grader grade`")
    print(f"submitted again: {dict(told.again)}; the longest took {told.longest:.1f} s")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
