"""The warm process: has imported NumPy, holds no test data, and forks a child for each submission.

Started by exec, as `python -I -B -S zygote.py SOCKET`; the first message on the socket says how.
Each later message asks for a fork and carries the child's two pipes; the answers are the child's
pidfd when it was forked, and how it ended when it has.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from typing import Any, NoReturn

MAX_MESSAGE = 1 << 16


def main(control: socket.socket) -> NoReturn:
    """Prepare as the first message says, report, and serve forks until the grader goes away."""
    config = json.loads(control.recv(MAX_MESSAGE))
    sys.path += config["path"]
    warm()
    control.send(json.dumps({"pid": os.getpid()}).encode())
    gc.collect()
    gc.freeze()  # a child's own collection need not walk what the zygote imported
    Server(control).serve()


def warm() -> None:
    """Import what every child needs, and take the slow first steps once."""
    import numpy as np

    from grader.sandbox import child  # noqa: F401

    np.random.seed(0)  # noqa: NPY002
    np.ones((65, 65)) @ np.ones((65, 65))


class Server:
    """Forks children on request and reports how each of them ends."""

    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.children: dict[int, tuple[int, int]] = {}
        self.poll = select.poll()
        self.poll.register(control, select.POLLIN)

    def serve(self) -> NoReturn:
        """Serve until the grader closes its end of the control socket."""
        while True:
            for descriptor, _ in self.poll.poll():
                if descriptor == self.control.fileno():
                    self.fork()
                else:
                    self.reap(descriptor)

    def fork(self) -> None:
        """Take one request and fork its child."""
        message, descriptors, _, _ = socket.recv_fds(self.control, MAX_MESSAGE, 2)
        if not message:
            os._exit(0)
        pid = os.fork()
        if pid == 0:
            become_child(descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        pidfd = os.pidfd_open(pid)
        number = int(message)
        self.children[pidfd] = (number, pid)
        self.poll.register(pidfd, select.POLLIN)
        self.tell({"child": number}, [pidfd])

    def reap(self, pidfd: int) -> None:
        """Tell how a child ended: its exit code, or minus the signal that killed it."""
        number, pid = self.children.pop(pidfd)
        self.poll.unregister(pidfd)
        os.close(pidfd)
        _, status = os.waitpid(pid, 0)
        self.tell({"child": number, "ended": os.waitstatus_to_exitcode(status)})

    def tell(self, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
        """Send a message; a grader that is gone ends this process and, with it, its children."""
        try:
            socket.send_fds(self.control, [json.dumps(message).encode()], descriptors or [])
        except OSError:
            os._exit(0)


def become_child(pipes: list[int]) -> NoReturn:
    """Lay out the descriptors, apply the layers, and serve one submission."""
    try:
        os.setsid()
        null = os.open("/dev/null", os.O_RDWR)
        lay_out([null, null, null, *pipes])
        from grader.sandbox import child

        gc.enable()
        child.serve(3, 4)
    finally:
        os._exit(0)


def lay_out(descriptors: list[int]) -> None:
    """Make `descriptors` 0, 1, 2, ... and close all others."""
    parked = [os.dup2(os.dup(d), 100 + i) for i, d in enumerate(descriptors)]
    for wanted, descriptor in enumerate(parked):
        os.dup2(descriptor, wanted, inheritable=False)
    os.closerange(len(parked), 4096)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ^C is for the grader, which then closes the socket
    main(socket.socket(fileno=int(sys.argv[1])))
