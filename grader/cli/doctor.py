"""`grader doctor`: how well this machine isolates student code, and what to do about it."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Mapping

import click
import numpy as np

import grader
from grader.cli.next_step import next_step
from grader.reports.sanitize import one_line
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.imports import NEEDED, import_faults
from grader.sandbox.layers.levels import Layer

ADVICE = {
    Layer.SECCOMP: "It needs Linux 3.17 or newer on x86-64 or aarch64, built with CONFIG_SECCOMP_FILTER.",
    Layer.LANDLOCK: "It needs Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm.",
    Layer.MOUNTS: (
        "It needs Linux 5.12 or newer and namespaces. As an ordinary user: sysctl "
        "kernel.unprivileged_userns_clone=1 and, on Ubuntu 23.10 or newer, "
        "kernel.apparmor_restrict_unprivileged_userns=0. In Docker: --cap-add SYS_ADMIN."
    ),
    Layer.RLIMITS: "It is there on every Linux; the memory limit was not obeyed.",
}
STARTING = 20.0
"""Seconds that an import may take on a machine that is busy."""


@click.command(
    "doctor",
    epilog="""\b
Examples:
  grader doctor
  grader doctor --json

The exit status is 0 when student code is isolated well enough to grade and can import NumPy and h5py; 1
when only --isolation weak works, or an import fails; 2 when nothing can be run here.""",
)
@click.option("--json", "as_json", is_flag=True, help="Print the same as one object.")
def command(as_json: bool) -> None:
    """Try each isolation layer of this machine and say what to do about what is missing.

    Tries in such isolation, too, whether a notebook can import NumPy, its parts, and h5py.
    """
    with ForkServer(STARTING, required="weak") as sandbox:
        isolation = sandbox.isolation
        faults = import_faults(sandbox)
    versions = {"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__}
    if as_json:
        layers = {"level": isolation.level, "tested": isolation.tested, "missing": dict(isolation.missing)}
        machine = {"kernel": platform.release(), "isolation": layers, "import_faults": dict(faults)}
        click.echo(json.dumps({**versions, **machine}, indent=1))
    else:
        click.echo("  ".join(f"{name} {version}" for name, version in versions.items()))
        click.echo(f"{platform.system()} {platform.release()} {platform.machine()}\n")
        for layer in Layer:
            if layer in isolation.tested:
                click.echo(f"✓ {layer:<9} holds (a probe was refused)")
            else:
                click.echo(f"✗ {layer:<9} {isolation.missing.get(layer)}\n            {ADVICE[layer]}")
        _tell_imports(faults)
        click.echo(f"\nisolation: {isolation.level}")
        if isolation.missing or faults:
            next_step("doctor", first="Do what is said at ✗, then")
        else:
            next_step("demo")
    raise SystemExit(1 if isolation.level == "weak" or faults else 0)


def _tell_imports(faults: Mapping[str, str]) -> None:
    if not faults:
        click.echo(f"✓ imports   {', '.join(NEEDED)}")
    for name, reason in faults.items():
        click.echo(f"✗ import {name}: {one_line(reason)}")
    if faults:
        click.echo(f"            Install them for {sys.executable}, in folders that every user may read.")
