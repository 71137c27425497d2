"""Puts the isolation layers on, in the order in which each still can be, and tests that they hold.

Runs in the zygote. What can be done once for all children (namespaces, the mount tree, another user)
is done here; what each child has to do for itself is prepared, so that it costs the child little.
A layer that this machine does not have is passed over and reported with the reason.
"""

from __future__ import annotations

import contextlib
import os
import platform
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NoReturn

from grader.sandbox.layers import landlock, mounts, namespaces, rlimits, seccomp, self_test
from grader.sandbox.layers.levels import Layer
from grader.sandbox.layers.rlimits import Limits

NOBODY = 65534
SCRATCH = "/dev/shm"  # noqa: S108  # nothing can be written there, but Matplotlib wants to see that it may
SOMEWHERE_ELSE = "/etc/passwd"  # exists on every machine, and is none of a submission's business


class Confinement:
    """The layers of one zygote: those it is in itself, and those it puts on its children.

    Args:
        wanted: the layers to put on, by name.
        readable: the paths that children may read.
        allowed: what a child may consume.
        careful: try each layer first in a process that may die of it, for a filter that kills is around us.
    """

    def __init__(
        self, wanted: Collection[str], readable: Sequence[str], allowed: Limits, *, careful: bool = False
    ) -> None:
        self.wanted = wanted
        self.readable = readable
        self.allowed = allowed
        self.careful = careful
        self.footprint = rlimits.footprint()
        self.missing: dict[str, str] = {}
        self.ruleset: int | None = None
        self.program: seccomp.Program | None = None

    def enter(self) -> None:
        """Put on the layers of the zygote itself and prepare those of its children.

        The process that returns is not the one that called: it is pid 1 of a pid namespace of its
        own, where this machine has them.
        """
        namespaces.die_with_parent()
        if Layer.MOUNTS in self.wanted and self._attempt(Layer.MOUNTS, namespaces.isolate):
            _go_on_in_a_child()
            self._attempt(Layer.MOUNTS, lambda: mounts.enter(self.readable, SCRATCH))
        self._drop_privileges()
        if Layer.LANDLOCK in self.wanted:
            self._attempt(Layer.LANDLOCK, self._prepare_landlock)
        if Layer.SECCOMP in self.wanted:
            self._attempt(Layer.SECCOMP, self._prepare_seccomp)

    def _attempt(self, layer: str, step: Callable[[], object]) -> bool:
        if self.careful and not self_test.survived(step):
            self.missing[layer] = "a filter of system calls kills whoever tries it"
            return False
        try:
            step()
        except OSError as refusal:
            self.missing[layer] = refusal.strerror or str(refusal)
            return False
        return True

    def _drop_privileges(self) -> None:
        if os.geteuid() == 0:
            with contextlib.suppress(PermissionError):  # root without a capability gains none either
                namespaces.drop_bounding_set()
            if Layer.MOUNTS in self.wanted and Layer.MOUNTS not in self.missing:
                with contextlib.suppress(PermissionError):
                    namespaces.become(NOBODY)  # who, without a tree of its own, may be unable to read NumPy
        namespaces.drop_capabilities()
        namespaces.forbid_new_privileges()
        namespaces.hide()
        namespaces.die_with_parent()

    def _prepare_landlock(self) -> None:
        self.ruleset = landlock.ruleset(self.readable)

    def _prepare_seccomp(self) -> None:
        self.program = seccomp.assemble(platform.machine())

    def confine(self) -> None:
        """Put on the layers of a child, for good. The descriptor of the landlock rules is closed.

        Raises:
            OSError: the kernel refuses one that it had not refused before.
        """
        self._limit()
        self._restrict()
        self._filter()

    def _limit(self) -> None:
        if Layer.RLIMITS in self.wanted:
            rlimits.apply(self.allowed, self.footprint)

    def _restrict(self) -> None:
        if self.ruleset is not None:
            landlock.restrict_self(self.ruleset)
            os.close(self.ruleset)

    def _filter(self) -> None:
        if self.program is not None:
            seccomp.install(self.program)

    def tested(self) -> list[str]:
        """The layers that a throw-away child has seen to hold; the others are given a reason in `missing`."""
        held = self._held()
        if len(held) < len(self.wanted) and not self_test.tested(self.confine):
            self._leave_out_what_is_refused()
            held = self._held()
        for layer in Layer:
            if layer not in held:
                why = "its test failed" if layer in self.wanted else "switched off"
                self.missing.setdefault(layer, why)
        return [layer.value for layer in held]

    def _leave_out_what_is_refused(self) -> None:
        """Let children be without the layers that they cannot put on, though they could be prepared."""
        steps = {Layer.RLIMITS: self._limit, Layer.LANDLOCK: self._restrict, Layer.SECCOMP: self._filter}
        refused = {layer for layer, step in steps.items() if not self_test.tested(step)}
        self.wanted = {*self.wanted} - refused
        self.ruleset = None if Layer.LANDLOCK in refused else self.ruleset
        self.program = None if Layer.SECCOMP in refused else self.program
        for layer in refused:
            self.missing[layer] = "it is refused to children"

    def _held(self) -> list[Layer]:
        probes: Mapping[str, Callable[[], object]] = {
            Layer.SECCOMP: self_test.seccomp,
            Layer.LANDLOCK: lambda: self_test.landlock("/"),
            Layer.MOUNTS: lambda: self_test.mounts(SOMEWHERE_ELSE),
            Layer.RLIMITS: self_test.rlimits,
        }
        return [layer for layer in Layer if layer in self.wanted and self._holds(probes[layer])]

    def _holds(self, probe: Callable[[], object]) -> bool:
        def try_it() -> None:
            self.confine()
            probe()

        return self_test.tested(try_it)


def _go_on_in_a_child() -> None:
    """Return in a child, the first of the new pid namespace. The parent only waits for its end."""
    child = os.fork()
    if child == 0:
        namespaces.die_with_parent()
        return
    _wait_for(child)


def _wait_for(child: int) -> NoReturn:
    os.closerange(3, 256)  # the control socket too: the grader has to notice when the child is gone
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)  # as a shell says which signal it was
