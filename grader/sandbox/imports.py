"""Tries whether student code can import what notebooks need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox import Sandbox

NEEDED = ("numpy", "numpy.fft", "numpy.linalg", "numpy.random", "h5py")
"""NumPy's parts too: it reads some of them when they are first used."""

PROGRAM = Program((Statement(1, 1, "import importlib\ndef load(name):\n    importlib.import_module(name)"),))


def import_faults(sandbox: Sandbox, names: Sequence[str] = NEEDED) -> Mapping[str, str]:
    """The modules that cannot be imported in the sandbox, each with the reason."""
    runs = sandbox.run(PROGRAM, [Call("load", (name,)) for name in names])
    return {
        name: _reason(run) for name, run in zip(names, runs, strict=True) if run.status != Status.RETURNED
    }


def _reason(run: Run) -> str:
    return f"{run.failure.exception}: {run.failure.text}" if run.failure else run.status.value
