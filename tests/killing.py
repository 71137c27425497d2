"""Kills a grading again and again, lets it go on, and compares what it leaves with one that nobody killed.

PYTHONPATH=bench python tests/killing.py SUBMISSIONS KILLS
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from doubling import write_course


def write_class(folder: Path, submissions: int, pause: float = 0.02) -> None:
    """Write a course and a class: right ones, wrong ones, and files that are no notebook.

    `pause` is how many seconds each of the three calls of a submission sleeps.
    """
    write_course(folder)
    (folder / "in").mkdir()
    for i in range(submissions):
        answer = f"{2 + (i % 7 == 0)} * x + {i % 3} * 0"
        source = f"import time\ndef double(x):\n    time.sleep({pause})\n    return {answer}"
        cell = nbformat.v4.new_code_cell(source)
        data = nbformat.writes(nbformat.v4.new_notebook(cells=[cell])) if i % 10 else "<html>"
        (folder / "in" / f"s{i:04}.ipynb").write_text(data)


def command(folder: Path, out: str, *options: str) -> list[str]:
    """The command that grades the class of `write_class` into a folder beside it, each by itself."""
    told = f"grade small {folder / 'in'} --out {folder / out} --course {folder}"
    how = "--isolation weak --jobs 2 --no-cache"
    return [sys.executable, "-m", "grader", *told.split(), *how.split(), *options]


def start(arguments: Sequence[str]) -> subprocess.Popen[str]:
    """A grading in a process group of its own, as a shell starts one."""
    return subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def end(process: subprocess.Popen[str], number: int) -> tuple[str, str]:
    """Send a signal to a whole process group; return what it printed."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
    return process.communicate(timeout=60)


def wait_for(process: subprocess.Popen[str], out: Path, count: int) -> None:
    """Wait until a grading has written so many more pages, or has ended."""
    before = len([*out.glob("feedback/*.html")])
    while len([*out.glob("feedback/*.html")]) < before + count and process.poll() is None:
        time.sleep(0.01)


def recorded(out: Path) -> dict[str, bytes]:
    """The marks that a results folder has by now; they have seconds, so equal bytes were made once."""
    if not (out / "results.db").exists():
        return {}
    with contextlib.closing(sqlite3.connect(out / "results.db")) as database:
        tables = database.execute("SELECT name FROM sqlite_master").fetchall()
        marked = "SELECT id, outline FROM submissions WHERE made_by != ''"
        return dict(database.execute(marked)) if ("submissions",) in tables else {}


def left(out: Path) -> dict[str, Any]:
    """All that a grading leaves but the times, and the record by its name only."""
    files = {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    results = json.loads(
        files.pop("results.json"), object_pairs_hook=lambda pairs: [p for p in pairs if p[0] != "seconds"]
    )
    return {**files, "results.db": b"", "results.json": results}


def check_nothing_lost_or_twice(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Raise AssertionError if a report is gone or was made anew."""
    assert before.items() <= after.items(), f"of {len(before)} reports, some were lost or made twice"


def kill_and_resume(folder: Path, kills: int, chance: random.Random) -> list[int]:
    """Grade a class once in peace and once with kills at random moments; return what each kill left recorded.

    Raises:
        AssertionError: what was left differs, or something was lost or graded twice.
    """
    undisturbed = start(command(folder, "peace"))
    printed = undisturbed.communicate(timeout=600)
    assert undisturbed.returncode == 1, printed  # some are no notebooks
    out, before, counts = folder / "killed", dict[str, bytes](), list[int]()
    most = 2 * len([*(folder / "in").iterdir()]) // kills
    for _ in range(kills):
        process = start(command(folder, "killed"))
        wait_for(process, out, chance.randint(0, most))
        time.sleep(chance.random())
        end(process, signal.SIGKILL)
        after = recorded(out)
        check_nothing_lost_or_twice(before, after)
        before = after
        counts.append(len(after))
    last = start(command(folder, "killed"))
    printed = last.communicate(timeout=600)
    assert last.returncode == 1, printed
    check_nothing_lost_or_twice(before, recorded(out))
    assert left(out) == left(folder / "peace")
    return counts


def main() -> None:
    """Do it once on a class of the size that was asked for, and say how it went."""
    submissions, kills = map(int, sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        write_class(Path(name), submissions)
        begin = time.monotonic()
        counts = kill_and_resume(Path(name), kills, random.Random(0))
    sys.stdout.write(
        f"{submissions} submissions, {kills} kills, recorded after each: {counts}\n"
        f"nothing lost, nothing twice, the same as in peace; {time.monotonic() - begin:.0f} s\n"
    )


if __name__ == "__main__":
    main()
