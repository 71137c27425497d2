"""A machine that refuses a layer, or kills whoever tries it, has a level and a reason all the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import grader
from grader.errors import IsolationError
from grader.sandbox.fork_server import ForkServer
from grader.sandbox.layers.levels import Layer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are Linux only")

KILL, REFUSE = 0x8000_0000, 0x0005_0000
PRELUDE = f"""
import ctypes, errno, os, struct, sys
sys.path.insert(0, {str(Path(grader.__file__).parents[1])!r})
from grader.sandbox.layers import bpf, namespaces
from grader.sandbox.layers.syscalls import number, prctl

def without_capabilities():
    if os.geteuid() == 0:
        namespaces.drop_bounding_set()
    namespaces.drop_capabilities()

def filtered(verdict, *calls):
    blocks = [bpf.when_among([number(call) for call in calls], bpf.give(verdict)), bpf.give(0x7FFF_0000)]
    code = bpf.encode(bpf.join(bpf.load(0), *blocks))
    namespaces.forbid_new_privileges()
    memory = ctypes.create_string_buffer(code, len(code))
    prctl(22, 2, struct.pack("@HP", len(code) // bpf.SIZE, ctypes.addressof(memory)))
"""


def doctor(refusal: str) -> dict[str, Any]:
    """What `grader doctor` says of a machine, after a refusal was put on this one."""
    run = f"{PRELUDE}\n{refusal}\nfrom grader.cli import main\nmain(['doctor', '--json'])"
    done = subprocess.run(
        [sys.executable, "-c", run], capture_output=True, text=True, check=False, timeout=90
    )
    assert done.stderr == ""
    said: dict[str, Any] = json.loads(done.stdout)
    return said


@pytest.fixture(scope="module")
def here() -> set[str]:
    """The layers of this machine as it is."""
    with ForkServer(required="weak") as server:
        return {*server.isolation.tested}


@pytest.mark.parametrize(
    ("refusal", "lost", "reason"),
    [
        pytest.param("without_capabilities()", "mounts", "", id="no capabilities"),
        pytest.param(
            f"filtered({REFUSE} | errno.EPERM, 'unshare')", "mounts", "Operation not permitted", id="EPERM"
        ),
        pytest.param(
            f"filtered({REFUSE} | errno.ENOSYS, 'unshare')", "mounts", "Function not implemented", id="ENOSYS"
        ),
        pytest.param(
            f"filtered({REFUSE} | errno.ENOSPC, 'unshare')", "mounts", "sysctl user.max_user_namespaces",
            id="no namespace is left",
        ),
        pytest.param(f"filtered({KILL}, 'unshare')", "mounts", "kills whoever tries it", id="unshare kills"),
        pytest.param(f"filtered({KILL}, 'open_tree')", "mounts", "kills whoever", id="mounting kills"),
        pytest.param(
            f"filtered({KILL}, 'landlock_create_ruleset')", "landlock", "kills whoever tries it",
            id="landlock kills",
        ),
        pytest.param(
            f"filtered({KILL}, 'landlock_restrict_self')", "landlock", "refused to children",
            id="landlock kills a child",
        ),
    ],
)  # fmt: skip
def test_a_refusal_costs_one_layer_and_is_named(here: set[str], refusal: str, lost: str, reason: str) -> None:
    if lost not in here:
        pytest.skip(f"{lost} is not available here")
    said = doctor(refusal)
    isolation = said["isolation"]
    assert here - {*isolation["tested"]} <= {lost}
    assert reason in isolation["missing"].get(lost, "")  # a user without capabilities loses nothing by that
    assert said["import_faults"] == {}


@pytest.mark.parametrize(
    ("required", "layers", "advice"),
    [
        pytest.param("full", ["seccomp", "landlock", "rlimits"], "--isolation strong", id="strong is there"),
        pytest.param("full", ["rlimits"], "--isolation weak", id="only weak is there"),
        pytest.param("strong", ["rlimits"], "--isolation weak", id="weak for strong"),
    ],
)
def test_advice_names_the_best_level_there_is(
    here: set[str], required: str, layers: list[Layer], advice: str
) -> None:
    if not here >= {*layers}:
        pytest.skip("a layer is not available here")
    with pytest.raises(IsolationError, match=advice):
        ForkServer(required=required, layers=layers)
