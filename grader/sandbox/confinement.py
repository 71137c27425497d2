"""Apply the isolation layers in an order in which each still can be, and test that they hold.

Runs in the fork server (zygote). What can be done once for all worker processes (namespaces, the mount tree,
another user) is done here; what each has to do itself is prepared, so that it costs little.
A layer that this machine does not support is skipped and reported with the reason.
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
SCRATCH = "/dev/shm"  # noqa: S108  # has no space, but Matplotlib requires a writable folder
FOLDER = "/assignment"
"""The folder with the assignment's data files, in a mount tree."""

SOMEWHERE_ELSE = "/etc/passwd"  # exists on every machine


class Confinement:
    """The layers of one fork server: those on itself, and those that it applies to worker processes.

    Args:
        wanted: the names of the layers to apply.
        readable: the paths that worker processes may read.
        folder: the folder that they may read, too, and start in, if any; `FOLDER` in a mount tree.
        scratch: a folder that this process may write to; `SCRATCH`, without space, in a mount tree.
        allowed: the resource limits of a worker process.
        careful: try each layer in a forked process first, because an outer seccomp filter may kill it.
    """

    def __init__(
        self,
        wanted: Collection[str],
        readable: Sequence[str],
        folder: str,
        scratch: str,
        allowed: Limits,
        *,
        careful: bool = False,
    ) -> None:
        self.wanted = wanted
        self.readable = readable
        self.folder = folder
        self.scratch = scratch
        self.allowed = allowed
        self.careful = careful
        self.proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY)  # before it is gone
        self.footprint = rlimits.footprint(self.proc)
        self.missing: dict[str, str] = {}
        self.ruleset: int | None = None
        self.program: seccomp.Program | None = None

    def enter(self) -> None:
        """Apply the layers of the fork server itself and prepare those of worker processes.

        Where pid namespaces are available, it returns in a child process that is pid 1 of its own namespace.
        """
        namespaces.die_with_parent()
        if Layer.MOUNTS in self.wanted and self._attempt(Layer.MOUNTS, namespaces.isolate):
            _go_on_in_a_child()
            if self._attempt(Layer.MOUNTS, self._enter_mounts, trial=self._try_mounts):
                self.folder, self.scratch = FOLDER if self.folder else "", SCRATCH
        self._drop_privileges()
        if Layer.LANDLOCK in self.wanted:
            self._attempt(Layer.LANDLOCK, self._prepare_landlock)
        if Layer.SECCOMP in self.wanted:
            self._attempt(Layer.SECCOMP, self._prepare_seccomp)

    def _enter_mounts(self) -> None:
        mounts.enter(self.readable, SCRATCH, {self.folder: FOLDER} if self.folder else {})

    def _try_mounts(self) -> None:
        """Enter a tree of mounts in a namespace of its own: what is tried must not change this process's."""
        namespaces.own_mounts()
        self._enter_mounts()

    def _attempt(
        self, layer: str, step: Callable[[], object], trial: Callable[[], object] | None = None
    ) -> bool:
        if self.careful and not self_test.survived(trial or step):
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
            with contextlib.suppress(PermissionError):  # root without capabilities
                namespaces.drop_bounding_set()
            if Layer.MOUNTS in self.wanted and Layer.MOUNTS not in self.missing:
                with contextlib.suppress(PermissionError):
                    namespaces.become(NOBODY)  # only with a tree in which NumPy is readable for all
        namespaces.drop_capabilities()
        namespaces.forbid_new_privileges()
        namespaces.hide()
        namespaces.die_with_parent()

    def _prepare_landlock(self) -> None:
        self.ruleset = landlock.ruleset([*self.readable, *filter(None, [self.folder])])

    def _prepare_seccomp(self) -> None:
        self.program = seccomp.assemble(platform.machine())

    def measure(self) -> None:
        """Take the memory of this process as it is now as what worker processes begin with."""
        self.footprint = rlimits.footprint(self.proc)

    def threads(self) -> int:
        """Return the number of threads of this process, of libraries too."""
        descriptor = os.open("self/task", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.proc)
        try:
            return len(os.listdir(descriptor))  # noqa: PTH208  # of a descriptor
        finally:
            os.close(descriptor)

    def confine(self) -> None:
        """Apply the layers of a worker process, irrevocably; closes the descriptor of the landlock ruleset.

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
        """Return the layers that hold in a forked test process; `missing` gets the reasons for the others."""
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
        """Drop the layers that worker processes cannot apply, although they could be prepared."""
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
    """Return in a forked child, pid 1 of the new pid namespace. The parent only waits for it to exit."""
    child = os.fork()
    if child == 0:
        namespaces.die_with_parent()
        return
    _wait_for(child)


def _wait_for(child: int) -> NoReturn:
    os.closerange(3, 256)  # and the control socket: the grader must notice the exit of the child
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    os._exit(code if code >= 0 else 128 - code)  # the convention of shells
