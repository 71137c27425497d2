"""What isolation costs: a submission of ten calls, interleaved with the same work bare.

    python bench/sandbox.py

The floor is the same program, compiled and called in one warm process without isolation, plus one bare fork.
"""

from __future__ import annotations

import copy
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
from rich.console import Console
from rich.table import Table

from grader.assignments.course import find_course
from grader.assignments.loader import load
from grader.grading.programs import program_of
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.execution import Call, Program
from grader.sandbox.fork_server import ForkServer

ROUNDS = 300


def main() -> None:
    """Measure all ways in turn, round by round, and print the table."""
    definition = load(find_course(Path.cwd()), "dnn_step_by_step")
    with ForkServer() as full, ForkServer(required="weak", layers=()) as bare:
        assignment = prepare(definition, full, "bench")
        program = program_of(definition.reference, definition.wanted)
        calls = first_calls(assignment)
        ways: dict[str, Callable[[], object]] = {
            "floor: exec in one process, and a fork": lambda: (in_process(program, calls), bare_fork()),
            "no layer": lambda: bare.run(program, calls),
            "all layers": lambda: full.run(program, calls),
        }
        medians = interleaved(ways)
        level = full.isolation.level
    floor, none, everything = medians.values()
    table = Table(
        "way", "median", "of the floor", title=f"{len(program.statements)} statements, {len(calls)} calls"
    )
    for way, median in medians.items():
        table.add_row(way, f"{median:.2f} ms", f"{median / floor:.2f}")
    console = Console()
    console.print(table)
    console.print(f"level {level}; all layers / floor = {everything / floor:.2f} (limit 3)")
    console.print(f"layers add {everything - none:.2f} ms (limit 1 ms)")


def first_calls(assignment: Assignment) -> list[Call]:
    """One call of each graded function."""
    return [exercise.cases[0].call for exercise in assignment.exercises]


def in_process(program: Program, calls: list[Call]) -> None:
    """Compile the program and make the calls, with nothing around them."""
    for name, source in program.modules.items():
        module = ModuleType(name)
        exec(source, module.__dict__)
        sys.modules[name] = module
    codes = [compile(statement.source, "<cell>", "exec") for statement in program.statements]
    for call in calls:
        namespace: dict[str, object] = {}
        for code in codes:
            exec(code, namespace)
        random.seed(call.seed)
        np.random.seed(call.seed)
        function = namespace[call.function]
        assert callable(function)
        function(*copy.deepcopy(call.args))


def bare_fork() -> None:
    """Fork this process, which has imported NumPy, and wait for the child's end."""
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def interleaved(ways: dict[str, Callable[[], object]]) -> dict[str, float]:
    """The median of each way in milliseconds; the ways take turns, so that noise falls on all alike."""
    times: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(ROUNDS):
        for way, run in ways.items():
            start = time.perf_counter()
            run()
            times[way].append((time.perf_counter() - start) * 1000)
    return {way: statistics.median(of_way) for way, of_way in times.items()}


if __name__ == "__main__":
    main()
