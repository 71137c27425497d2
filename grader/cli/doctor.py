"""`grader doctor`: how well this machine isolates student code, and what to do about it."""

from __future__ import annotations

import json
import platform

import click
import numpy as np

import grader
from grader.sandbox.forkserver import ForkServer
from grader.sandbox.layers.policy import Layer

ADVICE = {
    Layer.SECCOMP: "needs Linux 3.17 or newer on x86-64 or aarch64, built with CONFIG_SECCOMP_FILTER.",
    Layer.LANDLOCK: "needs Linux 5.13 or newer, with landlock in /sys/kernel/security/lsm.",
    Layer.MOUNTS: (
        "needs Linux 5.12 or newer and namespaces. As an ordinary user: sysctl "
        "kernel.unprivileged_userns_clone=1 and, on Ubuntu 23.10 or newer, "
        "kernel.apparmor_restrict_unprivileged_userns=0. In Docker: --cap-add SYS_ADMIN."
    ),
    Layer.RLIMITS: "is there on every Linux; the memory limit was not obeyed.",
}


@click.command(
    "doctor",
    epilog="""\b
Examples:
  grader doctor
  grader doctor --json

The exit status is 0 when student code is isolated well enough to grade; 1 when only --isolation weak
works.""",
)
@click.option("--json", "as_json", is_flag=True, help="Print the same as one object.")
def command(as_json: bool) -> None:
    """Try each isolation layer of this machine and say what to do about what is missing."""
    with ForkServer(required="weak") as sandbox:
        isolation = sandbox.isolation
    versions = {"grader": grader.__version__, "python": platform.python_version(), "numpy": np.__version__}
    if as_json:
        layers = {"level": isolation.level, "tested": isolation.tested, "missing": dict(isolation.missing)}
        click.echo(json.dumps({**versions, "kernel": platform.release(), "isolation": layers}, indent=1))
    else:
        click.echo("  ".join(f"{name} {version}" for name, version in versions.items()))
        click.echo(f"{platform.system()} {platform.release()} {platform.machine()}\n")
        for layer in Layer:
            if layer in isolation.tested:
                click.echo(f"✓ {layer:<9} holds (a probe was refused)")
            else:
                click.echo(f"✗ {layer:<9} {isolation.missing.get(layer)}: it {ADVICE[layer]}")
        click.echo(f"\nisolation: {isolation.level}")
    raise SystemExit(1 if isolation.level == "weak" else 0)
