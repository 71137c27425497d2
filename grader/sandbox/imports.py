"""Test whether student code can import what notebooks need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.models.execution import Call, Program, Run, Statement, Status
from grader.sandbox import Sandbox

NEEDED = ("numpy", "numpy.fft", "numpy.linalg", "numpy.random", "h5py")
"""The modules that are tested; NumPy loads some submodules only when they are first used."""

PROGRAM = Program((Statement(1, 1, "import importlib\ndef load(name):\n    importlib.import_module(name)"),))


def import_faults(sandbox: Sandbox, names: Sequence[str] = NEEDED) -> Mapping[str, str]:
    """Return the modules that cannot be imported in the sandbox.

    Args:
        sandbox: the sandbox to test.
        names: the names of the modules.

    Returns:
        module -> the reason.
    """
    runs = sandbox.run(PROGRAM, [Call("load", (name,)) for name in names])
    return {
        name: _reason(run) for name, run in zip(names, runs, strict=True) if run.status != Status.RETURNED
    }


def _reason(run: Run) -> str:
    return f"{run.failure.exception}: {run.failure.text}" if run.failure else run.status.value
