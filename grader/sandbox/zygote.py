"""The warm process: has imported NumPy, holds no test data, and forks a child for each submission.

Started by exec, as `python -s -P -B -S zygote.py SOCKET`; its standard input says how. It reports on the
socket. A message there asks for a child; the answers are its pidfd and the ends of its two pipes, and how
it ended when it has. The next child is always forked ahead, and puts its layers on while the one before
it works. Or it asks for a twin of this process, which is as warm, and serves the socket that comes along.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import importlib.util
import json
import os
import select
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from grader.sandbox.confinement import Confinement

MAX_MESSAGE = 1 << 16
MAX_FAULT = 1000
NOWHERE = "no_module_has_this_name"
NULL = "null"
"""The one device that a child has, by its name in /dev."""

YOUNG = 20_000
"""New objects after which a child looks for garbage: a call of an exercise makes fewer."""

TWIN = 0
"""Stands for the number of a child; those begin with 1."""


def main(control: socket.socket) -> NoReturn:
    """Prepare as standard input says, report, and serve forks until the grader goes away."""
    try:
        prepared(control).serve()
    except Exception as error:  # noqa: BLE001  # whatever it is, the grader says it
        fault = f"{type(error).__name__}: {error}"[:MAX_FAULT]
        with contextlib.suppress(OSError):  # the grader has ended before it needed anybody
            control.send(json.dumps({"fault": fault}).encode())
        os._exit(1)


def prepared(control: socket.socket) -> Server:
    """What serves forks, once all is imported and the layers are on."""
    config = json.load(sys.stdin)
    sys.path[:] = config["path"]
    warm(config["mapped"])
    devices = os.open("/dev", os.O_PATH | os.O_DIRECTORY)  # before there are no devices any more
    confinement = confine(config)
    importlib.util.find_spec(NOWHERE)  # has Python list its folders, which a child may not, for their modules
    report = {"tested": confinement.tested(), "missing": confinement.missing}
    gc.collect()
    gc.freeze()  # a child's own collection need not walk what the zygote imported
    return Server(control, devices, confinement, report)


def warm(mapped: dict[str, str]) -> None:
    """Import what every child needs, and take the slow first steps once."""
    import numpy as np

    from grader.sandbox.editable_imports import follow
    from grader.sandbox.rehearsal import rehearse

    follow(mapped)
    rehearse()
    np.ones((65, 65)) @ np.ones((65, 65))


def confine(config: dict[str, Any]) -> Confinement:
    """Enter the layers that the configuration names."""
    from grader.sandbox.confinement import Confinement
    from grader.sandbox.layers.rlimits import Limits

    allowed = Limits(**config["limits"])
    confinement = Confinement(config["layers"], config["readable"], allowed, careful=config["careful"])
    confinement.enter()
    return confinement


class Spare(NamedTuple):
    """A child that nobody has asked for yet: its process, and our ends of its pipes."""

    pid: int
    pidfd: int
    requests: int
    replies: int


class Server:
    """Hands out children on request and reports how each of them ends."""

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
        self.tell(report)
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
        """Fork a child, which gets ready and waits for its program."""
        their_requests, requests = os.pipe()
        replies, their_replies = os.pipe()
        pid = os.fork()
        if pid == 0:
            become_child(self.devices, [their_requests, their_replies], self.confinement)
        os.close(their_requests)
        os.close(their_replies)
        return Spare(pid, os.pidfd_open(pid), requests, replies)

    def answer(self) -> None:
        """Take one request."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, 1)
        except ConnectionResetError:
            data = b""
        if not data:
            os._exit(0)
        request = json.loads(data)
        if descriptors:
            self.make_twin(descriptors[0], request["twin"])
        else:
            self.hand_out(request["child"])

    def hand_out(self, number: int) -> None:
        """Give the spare child, and fork the next."""
        pid, pidfd, requests, replies = self.spare
        self.watch(number, pid, pidfd)
        self.tell({"child": number}, [pidfd, requests, replies])
        os.close(requests)
        os.close(replies)
        self.spare = self.fork()

    def make_twin(self, control: int, cores: list[int]) -> None:
        """Fork a process that serves another socket on some of the cores, as long as this one lives."""
        pid = os.fork()
        if pid == 0:
            become_twin(control, cores, self)
        os.close(control)
        self.watch(TWIN, pid, os.pidfd_open(pid))

    def watch(self, number: int, pid: int, pidfd: int) -> None:
        """Wait for the end of a process that was handed out."""
        self.children[pidfd] = (number, pid)
        self.poll.register(pidfd, select.POLLIN)

    def reap(self, pidfd: int) -> None:
        """Tell how a child ended: its exit code, or minus the signal that killed it."""
        number, pid = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(pid, 0)
        if number != TWIN:
            self.tell({"child": number, "ended": os.waitstatus_to_exitcode(status)})

    def tell(self, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
        """Send a message; a grader that is gone ends this process and, with it, its children."""
        try:
            socket.send_fds(self.control, [json.dumps(message).encode()], descriptors or [])
        except OSError:
            os._exit(0)


def become_twin(control: int, cores: list[int], first: Server) -> NoReturn:
    """Serve a control socket with children of one's own, in a process that was forked from a server."""
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
    """Have the ends of two pipes as 3 and 4, put on the layers, and serve one submission."""
    try:
        from grader.sandbox import worker
        from grader.sandbox.layers import namespaces

        os.setsid()
        namespaces.die_with_parent()
        null = os.open(NULL, os.O_RDWR, dir_fd=devices)  # an open file has flags, which all who share it see
        lay_out([null, null, null, *pipes], confinement)
        confinement.confine()
        gc.enable()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
        worker.serve(3, 4)
    finally:
        os._exit(0)


def lay_out(descriptors: list[int], confinement: Confinement) -> None:
    """Make `descriptors` 0, 1, 2, ... with the landlock rules behind them, and close all others."""
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
