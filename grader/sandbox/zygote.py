"""The warm process, a fork server: has imported NumPy, holds no test data, forks a worker per submission.

Started by exec, as `python -s -P -B -S zygote.py SOCKET`, with its configuration on standard input. It
reports its layers on the socket. A message there requests a worker process; the reply has its pidfd and the
ends of its two pipes, and a later message its exit status. The next worker process is always forked ahead,
and applies its layers while the previous one runs. Another message requests a twin of this process, equally
warm, which serves the socket sent along; and another, that modules which an assignment imports are imported.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib
import importlib.util
import json
import os
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.sandbox.confinement import Confinement

MAX_MESSAGE = 1 << 16
MAX_FAULT = 1000
NOWHERE = "no_module_has_this_name"
NULL = "null"
"""The only device of a worker process, by its name in /dev."""

YOUNG = 20_000
"""New objects after which a worker process collects garbage; a call of an exercise makes fewer."""

STREAMS = (1, 2)
"""Standard output and standard error."""

SETTLING = 1.0
"""Seconds to wait for threads that an import started and that are about to end."""

TWIN = 0
"""The number of a twin; worker processes are numbered from 1."""


def main(control: socket.socket) -> NoReturn:
    """Configure the process, report, and serve forks until the grader closes the socket."""
    try:
        prepared(control).serve()
    except Exception as error:  # noqa: BLE001  # reported by the grader, whatever it is
        fault = f"{type(error).__name__}: {error}"[:MAX_FAULT]
        with contextlib.suppress(OSError):  # the grader has exited
            control.send(json.dumps({"fault": fault}).encode())
        os._exit(1)


def prepared(control: socket.socket) -> Server:
    """Return the server, after imports are done and the layers are applied."""
    config = json.load(sys.stdin)
    sys.path[:] = config["path"]
    with without_fork_hooks():
        warm(config["mapped"])
    devices = os.open("/dev", os.O_PATH | os.O_DIRECTORY)  # before /dev is gone
    confinement = confine(config)
    os.chdir(confinement.folder or "/")
    os.environ["MPLCONFIGDIR"] = confinement.scratch  # Matplotlib requires one that it may write to
    importlib.util.find_spec(NOWHERE)  # fills the cache of folder listings: workers may not list
    report = {"tested": confinement.tested(), "missing": confinement.missing}
    gc.collect()
    gc.freeze()  # workers need not collect what was imported here
    return Server(control, devices, confinement, report)


def warm(mapped: dict[str, str]) -> None:
    """Import what every worker process needs, and run the slow first steps once."""
    import numpy as np

    from grader.sandbox.editable_imports import follow
    from grader.sandbox.rehearsal import rehearse
    from grader.sandbox.removed_names import restore

    restore()
    follow(mapped)
    rehearse()
    np.ones((65, 65)) @ np.ones((65, 65))


@contextlib.contextmanager
def without_fork_hooks() -> Iterator[None]:
    """Import modules without what they would do in each worker process when it is forked.

    `random` would draw a seed, and `threading` make its locks anew: but each call has a seed of its own, and
    the one thread holds no lock. It is a twentieth of what a worker process costs before it does anything.
    """
    register = os.register_at_fork
    vars(os).update(register_at_fork=lambda **_: None)
    try:
        yield
    finally:
        vars(os).update(register_at_fork=register)


def confine(config: dict[str, Any]) -> Confinement:
    """Apply the layers in the configuration."""
    from grader.sandbox.confinement import Confinement
    from grader.sandbox.layers.rlimits import Limits

    allowed = Limits(**config["limits"])
    folders = config["folder"], config["cache"]
    confinement = Confinement(
        config["layers"], config["readable"], *folders, allowed, careful=config["careful"]
    )
    confinement.enter()
    return confinement


def is_installed(name: str, readable: Sequence[str]) -> bool:
    """Return whether a module is built in, or of what worker processes may read.

    A path that leads into a course would bring its answers into every worker process.

    Args:
        name: the name of a module.
        readable: the paths that worker processes may read.

    Returns:
        True if its top-level package is.
    """
    try:
        found = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if found is None or not found.has_location or found.origin is None:
        return found is not None and found.origin in ("built-in", "frozen")
    return any(Path(found.origin).is_relative_to(path) for path in readable)


@contextlib.contextmanager
def silence(devices: int) -> Iterator[None]:
    """Discard what packages print when they are imported, libraries in C too.

    Args:
        devices: a descriptor of /dev.

    Returns:
        a context manager.
    """
    null = os.open(NULL, os.O_RDWR, dir_fd=devices)
    kept = [os.dup(stream) for stream in STREAMS]
    try:
        for stream in STREAMS:
            os.dup2(null, stream)
        yield
    finally:
        for stream, before in zip(STREAMS, kept, strict=True):
            os.dup2(before, stream)
        for descriptor in (null, *kept):
            os.close(descriptor)


class Spare(NamedTuple):
    """A worker process that is not in use yet: its process, and the grader's ends of its pipes."""

    pid: int
    pidfd: int
    requests: int
    replies: int


class Server:
    """Hands out worker processes on request and reports their exit statuses."""

    def __init__(
        self, control: socket.socket, devices: int, confinement: Confinement, report: dict[str, Any]
    ) -> None:
        self.control = control
        self.devices = devices
        self.confinement = confinement
        self.report = report
        self.children: dict[int, tuple[int, int]] = {}
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)
        self.send(report)
        self.spare = self.fork()

    def serve(self) -> NoReturn:
        """Serve until the grader closes its end of the control socket."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.control.fileno():
                    self.answer()
                else:
                    self.reap(descriptor)

    def fork(self) -> Spare:
        """Fork a worker process, which waits for its program."""
        their_requests, requests = os.pipe()
        replies, their_replies = os.pipe()
        pid = os.fork()
        if pid == 0:
            become_child(self.devices, [their_requests, their_replies], self.confinement)
        os.close(their_requests)
        os.close(their_replies)
        return Spare(pid, os.pidfd_open(pid), requests, replies)

    def answer(self) -> None:
        """Read and answer one request."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, 1)
        except ConnectionResetError:
            data = b""
        if not data:
            os._exit(0)
        request = json.loads(data)
        if descriptors:
            self.make_twin(descriptors[0], request["twin"])
        elif "import" in request:
            self.import_modules(request["import"])
        else:
            self.hand_out(request["child"])

    def hand_out(self, number: int) -> None:
        """Hand out the spare worker process, and fork the next."""
        pid, pidfd, requests, replies = self.spare
        self.watch(number, pid, pidfd)
        self.send({"child": number}, [pidfd, requests, replies])
        os.close(requests)
        os.close(replies)
        self.spare = self.fork()

    def import_modules(self, names: list[str]) -> None:
        """Import modules, and reply with the number of threads that are left.

        Worker processes must be forked from one thread. What fails fails again in a worker process, which
        says so.

        Args:
            names: names of modules; those of their functions are passed over.
        """
        known = len(sys.modules)
        with silence(self.devices):
            for name in names:
                if is_installed(name, self.confinement.readable):
                    with contextlib.suppress(Exception):
                        importlib.import_module(name)
        if len(sys.modules) > known:
            self.renew()
        self.send({"threads": self.confinement.threads()})

    def renew(self) -> None:
        """Replace the spare worker process by one that has what was imported since."""
        soon = time.monotonic() + SETTLING
        while self.confinement.threads() > 1 and time.monotonic() < soon:
            time.sleep(0.001)  # a timer that was cancelled
        gc.collect()
        gc.freeze()
        self.confinement.measure()
        pid, *descriptors = self.spare
        for descriptor in descriptors:
            os.close(descriptor)
        os.waitpid(pid, 0)
        self.spare = self.fork()

    def make_twin(self, control: int, cores: list[int]) -> None:
        """Fork a server for another socket, which lives no longer than this one.

        Args:
            control: the descriptor of its control socket.
            cores: the CPUs that it may run on.
        """
        pid = os.fork()
        if pid == 0:
            become_twin(control, cores, self)
        os.close(control)
        self.watch(TWIN, pid, os.pidfd_open(pid))

    def watch(self, number: int, pid: int, pidfd: int) -> None:
        """Wait for the exit of a process that was handed out.

        Args:
            number: the number of the worker process, or `TWIN`.
            pid: the process id.
            pidfd: a descriptor that becomes readable when the process exits.
        """
        self.children[pidfd] = (number, pid)
        self.poll.register(pidfd, select.POLLIN)

    def reap(self, pidfd: int) -> None:
        """Report the exit of a worker process: its exit code, or minus the number of the signal."""
        number, pid = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(pid, 0)
        if number != TWIN:
            self.send({"child": number, "ended": os.waitstatus_to_exitcode(status)})

    def send(self, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
        """Send a message; exits, with all worker processes, if the grader is gone.

        Args:
            message: the message, sent as JSON.
            descriptors: descriptors to send along.
        """
        try:
            socket.send_fds(self.control, [json.dumps(message).encode()], descriptors or [])
        except OSError:
            os._exit(0)


def become_twin(control: int, cores: list[int], first: Server) -> NoReturn:
    """Serve a control socket with worker processes of its own, in a process forked from a server.

    Args:
        control: the descriptor of the socket.
        cores: the CPUs to run on.
        first: the server that this process was forked from.
    """
    try:
        from grader.sandbox.layers import namespaces

        namespaces.die_with_parent()
        os.sched_setaffinity(0, cores)
        first.control.close()
        for descriptor in (*first.children, *first.spare[1:]):
            os.close(descriptor)
        Server(socket.socket(fileno=control), first.devices, first.confinement, first.report).serve()
    finally:
        os._exit(1)


def become_child(devices: int, pipes: list[int], confinement: Confinement) -> NoReturn:
    """Turn this process into a worker process: apply the layers and serve one submission.

    Args:
        devices: a descriptor of /dev.
        pipes: the ends of the two pipes, to become descriptors 3 and 4.
        confinement: the layers to apply.
    """
    try:
        from grader.sandbox import worker
        from grader.sandbox.layers import namespaces

        os.setsid()
        namespaces.die_with_parent()
        null = os.open(
            NULL, os.O_RDWR, dir_fd=devices
        )  # one for each: flags of a shared open file would be a side channel
        lay_out([null, null, null, *pipes], confinement)
        confinement.confine()
        gc.enable()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        worker.serve(3, 4)
    finally:
        os._exit(0)


def lay_out(descriptors: list[int], confinement: Confinement) -> None:
    """Renumber descriptors as 0, 1, 2, ..., followed by the landlock ruleset, and close all others.

    Args:
        descriptors: the descriptors to keep, in order.
        confinement: the layers; its ruleset is renumbered.
    """
    wanted = descriptors if confinement.ruleset is None else [*descriptors, confinement.ruleset]
    parked = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 100) for descriptor in wanted]
    for place, descriptor in enumerate(parked):
        os.dup2(descriptor, place, inheritable=False)
    os.closerange(len(parked), os.sysconf("SC_OPEN_MAX"))
    if confinement.ruleset is not None:
        confinement.ruleset = len(descriptors)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is for the grader, which then closes the socket
    main(socket.socket(fileno=int(sys.argv[1])))
