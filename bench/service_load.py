"""Let a class of 500 hand in at a service within a minute, and tell how long pages and feedback take.

    pip install locust
    python bench/service_load.py [--students 500] [--seconds 60] [--flood] [--row 2000]

The service is `grader serve` of its own, in a folder that is removed after, on 127.0.0.1; the load comes from
Locust in this process's children, so both share the machine, and the load of others is told beside the
figures. A student opens the list, the page of the assignment, hands in a notebook, and looks at the feedback
until it is there. `--flood` adds one who hands in 50 times a second. `--row` instead hands in so many
notebooks one after the other, of each student in turn, and tells the memory of the processes of the service.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from classes import submissions

from grader.assignments.course import Course, shipped_course
from grader.assignments.loader import load
from grader.models.submission import Student
from grader.server.identity import csrf
from grader.server.identity.cookies import cookie_name
from grader.server.run import prepare
from grader.server.services import Services
from grader.server.settings import settings_of
from grader.server.store import people, queue, sessions
from grader.server.store.figures import figures
from grader.server.store.submissions import of_assignment as submissions_of

ASSIGNMENT = "dnn_step_by_step"
READY = 60.0
"""Seconds in which the service begins, and its graders are warm."""
EACH = 100
"""Submissions between two looks at the memory."""


@dataclass(frozen=True)
class Running:
    """A service that runs, and its process."""

    services: Services
    address: str
    pid: int


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=60, help="in which they hand in")
    parser.add_argument("--flood", action="store_true", help="one more hands in 50 times a second")
    parser.add_argument("--row", type=int, default=0, help="so many in a row, and the memory")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="grader-load-") as folder,
        running(Path(folder), options.students + options.flood) as service,
    ):
        print(f"load of this machine before: {os.getloadavg()[0]:.1f}")
        if options.row:
            in_a_row(service, options.row)
        else:
            within_a_minute(service, Path(folder), options)
        print(f"load of this machine after: {os.getloadavg()[0]:.1f}")


@contextlib.contextmanager
def running(folder: Path, students: int) -> Iterator[Running]:
    """Serve a new course of so many students, and wait until it answers."""
    course = Course(shipped_course().root)
    with socket.create_server(("127.0.0.1", 0)) as free:
        listen = f"127.0.0.1:{free.getsockname()[1]}"
    (folder / "data").mkdir()
    services = prepare(settings_of(course, folder / "data", listen=listen, base_url=f"http://{listen}"))
    with services.database.writing() as connection:
        people.enrol(connection, [Student(f"s{number:04}") for number in range(students)])
    program = (
        "import sys; from pathlib import Path; from grader.assignments.course import Course;"
        "from grader.server.run import prepare, serve; from grader.server.settings import settings_of;"
        f"s = settings_of(Course(Path({str(course.root)!r})), Path({str(folder / 'data')!r}),"
        f" listen={listen!r}, base_url={f'http://{listen}'!r}, workers=2);"
        "serve(prepare(s))"
    )
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    process = subprocess.Popen([sys.executable, "-c", program], env=environment)
    try:
        _wait_for(f"http://{listen}/health")
        time.sleep(10)  # its graders become warm
        yield Running(services, f"http://{listen}", process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_for(address: str) -> None:
    until = time.monotonic() + READY
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address).status_code == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(address)


def cookies(service: Running) -> list[dict[str, str]]:
    """Return for each student the cookie of a session, and the token of its forms."""
    made = []
    settings = service.services.settings
    with service.services.database.writing() as connection:
        for person in people.all_of(connection, "student"):
            text = sessions.begin(connection, person, service.services.now())
            made.append(
                {
                    "cookie": f"{cookie_name(service.services)}={text}",
                    "csrf": csrf.token(text, settings.secret),
                }
            )
    return made


def notebooks(count: int, *, distinct: bool) -> Iterator[bytes]:
    """Yield the notebooks of a class: as usual, or one in which no two functions are the same program."""
    return submissions(load(shipped_course(), ASSIGNMENT), count, "service", distinct=distinct)


def within_a_minute(service: Running, folder: Path, options: Any) -> None:
    """Let Locust be the class; print what it measured."""
    count = options.students + options.flood
    for number, content in enumerate(notebooks(count, distinct=True)):
        (folder / f"{number}.ipynb").write_bytes(content)
    plan = {
        "folder": str(folder),
        "students": cookies(service),
        "flood": options.flood,
        "seconds": options.seconds,
        "assignment": ASSIGNMENT,
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    begun = time.monotonic()
    command = [
        sys.executable, "-m", "locust", "--headless", "--only-summary",
        "-f", str(Path(__file__).with_name("service_class.py")),
        "--host", service.address, "-u", str(count), "-r", str(count),
        "--run-time", f"{options.seconds + 30}s", "--stop-timeout", "5", "--json",
    ]  # fmt: skip
    environment = {**os.environ, "GRADER_LOAD_PLAN": str(folder / "plan.json")}
    ended = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=options.seconds + 120, check=False
    )
    took = time.monotonic() - begun
    if "[" not in ended.stdout:
        raise RuntimeError(ended.stderr[-1500:])
    print(
        *re.findall(r"the flood sent.*", ended.stderr),
        *re.findall(r"^[0-9]{1,6} +(?:GET|POST) .*Error.*", ended.stderr, re.MULTILINE),
        sep="\n",
    )
    for entry in json.loads(ended.stdout[ended.stdout.index("[") :]):
        print(_line(entry))
    print(f"processor time of the service: {_seconds_used(service.pid)}")
    with service.services.database.reading() as connection:
        found = figures(connection)
        times = [one.received_at for one in submissions_of(connection, ASSIGNMENT)]
    came = (max(times) - min(times)).total_seconds()
    print(f"they came within {came:.0f} s; in {took:.0f} s: {dict(found.submissions)} stored,")
    print(f"{dict(found.gradings)}, {found.waiting} waiting")


def _line(entry: dict[str, Any]) -> str:
    times = sorted((float(key), count) for key, count in entry["response_times"].items())
    total = sum(count for _, count in times)

    def share(part: float) -> float:
        reached = 0
        for value, count in times:
            reached += count
            if reached >= part * total:
                return value
        return 0.0

    return (
        f"{entry['name']:<28} {entry['num_requests']:>6} asked, {entry['num_failures']} failed;"
        f" median {share(0.5):.0f} ms, p95 {share(0.95):.0f} ms, longest {entry['max_response_time']:.0f} ms"
    )


def in_a_row(service: Running, count: int) -> None:
    """Hand in one after the other, and print the memory of all processes of the service."""
    students = itertools.cycle(cookies(service))
    memory = []
    begun = time.monotonic()
    with httpx.Client(base_url=service.address, headers={"origin": service.address}, timeout=60) as client:
        for number, content in enumerate(notebooks(count, distinct=False), 1):
            student = next(students)
            answer = client.post(
                f"/assignments/{ASSIGNMENT}/submissions", data={"csrf": student["csrf"]},
                files={"notebook": ("mine.ipynb", content)}, headers={"cookie": student["cookie"]},
            )  # fmt: skip
            assert answer.status_code < 400, (answer.status_code, re.sub("<[^>]*>", "", answer.text)[-300:])
            if number % EACH == 0:
                while _waiting(service) > 5:
                    time.sleep(0.05)
                memory.append(_megabytes(service.pid))
                print(f"{number:>6} in {time.monotonic() - begun:.0f} s: {memory[-1]:.0f} MB", flush=True)
    half = len(memory) // 2
    if half:
        first, second = median(memory[:half]), median(memory[half:])
        print(f"median of the first half {first:.0f} MB, of the second {second:.0f} MB")


def _waiting(service: Running) -> int:
    with service.services.database.reading() as connection:
        return queue.waiting(connection)


def _megabytes(pid: int) -> float:
    """Return the memory that a process and its descendants have for themselves alone."""
    total = 0
    for child in (pid, *_descendants(pid)):
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{child}/smaps_rollup").read_text()
            total += sum(
                int(size)
                for size in re.findall(r"^Private_(?:Clean|Dirty): +([0-9]{1,12})", rollup, re.MULTILINE)
            )
    return total / 1024


def _seconds_used(pid: int) -> str:
    """Return the time on a processor that the processes of the service took, whatever else runs."""
    ticks = os.sysconf("SC_CLK_TCK")
    used: dict[str, float] = {}
    for child in _descendants(pid):
        with contextlib.suppress(OSError):
            name, _, rest = Path(f"/proc/{child}/stat").read_text().partition("(")[2].rpartition(")")
            fields = rest.split()
            used[name] = used.get(name, 0.0) + sum(map(int, fields[11:15])) / ticks
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in used.items())


def _descendants(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield int(child)
            yield from _descendants(int(child))


if __name__ == "__main__":
    main()
