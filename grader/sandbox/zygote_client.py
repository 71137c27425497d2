"""The grader's end of the fork server's control socket: requests worker processes, receives exit statuses."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import select
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from grader.errors import GraderError, SandboxError, UsageError
from grader.sandbox.channel import Channel, LostError
from grader.sandbox.exit_status import in_words
from grader.sandbox.launcher import KERNELS, Config, start

MAX_MESSAGE = 1 << 16
DESCRIPTORS = 3
"""Sent with a worker process: its pidfd, and the ends of its two pipes."""

PATIENCE = 20.0
"""Seconds to wait for the fork server to start or to answer; it never runs student code itself."""


IMPORTING = 60.0
"""Seconds that the fork server may take to import the modules of an assignment."""

FILTERED = {-signal.SIGSYS, 128 + signal.SIGSYS}
"""Exit statuses of a process that an outer seccomp filter killed."""

ILLEGAL = {-signal.SIGILL, 128 + signal.SIGILL}
"""Exit statuses of a process that used an instruction which the processor does not have."""


class ZygoteLostError(SandboxError):
    """The fork server is gone."""


class FilteredError(ZygoteLostError):
    """The fork server was killed for a system call that a layer needs."""


class Zygote:
    """A running fork server and the state of its worker processes.

    `tested` has the isolation layers that hold, `missing` the others with the reason.
    """

    def __init__(self, config: Config) -> None:
        self._process: subprocess.Popen[bytes] | None
        self._socket, self._process, self._folder = start(config)
        self._imported: frozenset[str] = frozenset()
        try:
            self._receive_report()
        except BaseException:
            self.close()
            raise

    def _receive_report(self) -> None:
        self._endings: dict[int, int] = {}
        self._live: set[int] = set()
        self._count = 0
        report = self._receive(PATIENCE)[0]
        self.tested: tuple[str, ...] = tuple(report["tested"])
        self.missing: dict[str, str] = report["missing"]

    def elsewhere(self) -> Zygote:
        """Return a twin of the fork server, for the use of a process forked from this one.

        Raises:
            ZygoteLostError: the fork server is gone.
        """
        twin = copy.copy(self)
        twin._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        twin._process = None  # a child of the original fork server
        with theirs, self._socket:
            self._send({"twin": sorted(os.sched_getaffinity(0))}, [theirs.fileno()])
        twin._receive_report()
        return twin

    def furnish(self, data: Mapping[str, bytes]) -> None:
        """Let the current folder of worker processes have these files, by their paths, and no others."""
        self._folder.furnish(data)

    def import_modules(self, names: frozenset[str]) -> bool:
        """Import modules in the fork server, once, so that its worker processes need not.

        Args:
            names: names of modules; those of their functions are passed over.

        Returns:
            False if threads are left, from which no worker process can be forked.

        Raises:
            ZygoteLostError: the fork server is gone.
        """
        if new := names - self._imported:
            self._send({"import": sorted(new)})
            while (threads := self._receive_message(IMPORTING)[0].get("threads")) is None:
                continue
            if threads > 1:
                return False
            self._imported |= new
        return True

    def fork(self) -> Child:
        """Return a worker process, which waits for its program.

        Raises:
            ZygoteLostError: the fork server is gone, or the worker process exited before it was ready.
        """
        self._count += 1
        self._send({"child": self._count})
        while not (descriptors := self._receive_event(PATIENCE)):
            continue
        pidfd, requests, replies = descriptors
        self._live.add(self._count)
        channel = Channel(requests, replies)
        try:
            channel.receive_greeting(PATIENCE)
        except LostError as error:
            channel.close()
            os.close(pidfd)
            raise ZygoteLostError(f"a child did not start: {error}") from None
        return Child(self, self._count, pidfd, channel)

    def ending(self, number: int) -> int:
        """Wait for a worker process to exit; return its exit code, or minus the number of a signal."""
        while number not in self._endings:
            self._receive_event(PATIENCE)
        return self._endings.pop(number)

    def forget(self, number: int) -> None:
        """Discard the exit status of a worker process, now or when it arrives."""
        self._live.discard(number)
        self._endings.pop(number, None)

    def _receive_event(self, seconds: float) -> list[int]:
        """Receive one message: return the descriptors of a new worker process, or store an exit status."""
        return self._receive_message(seconds)[1]

    def _receive_message(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        """Receive one message with its descriptors; store an exit status."""
        message, descriptors = self._receive(seconds)
        if message.get("ended") is not None and message["child"] in self._live:
            self._endings[message["child"]] = message["ended"]
        return message, descriptors

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._socket, [json.dumps(message).encode()], descriptors)
        except OSError:
            raise ZygoteLostError("the warm process is gone") from None

    def _receive(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
        poll = select.poll()
        poll.register(self._socket, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise ZygoteLostError(f"the warm process said nothing for {seconds:g} s")
        try:
            message, descriptors, _, _ = socket.recv_fds(self._socket, MAX_MESSAGE, DESCRIPTORS)
        except OSError:
            message = b""
        if not message:
            raise self._gone()
        received = json.loads(message)
        if "fault" in received:
            raise SandboxError(f"the warm process broke down: {received['fault']}")
        return received, descriptors

    def _gone(self) -> GraderError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            status = self._process.wait(1) if self._process is not None else 0
            if status in FILTERED:
                return FilteredError("the warm process was killed by a filter of system calls")
            if status in ILLEGAL:
                return UsageError(
                    f"NumPy ends with an instruction that this processor does not have\n  {_advice()}"
                )
        return ZygoteLostError("the warm process is gone")

    def close(self) -> None:
        """End the warm process and, with it, every child."""
        self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._folder.remove()


def _advice() -> str:
    """Return what to do where NumPy uses an instruction that the processor does not have."""
    chosen = " ".join(name for name in KERNELS if os.environ.get(name))
    if chosen:
        return f"Another processor is chosen for it; type: unset {chosen}"
    return "Install a NumPy that was built for it."


class Child:
    """A worker process that ends with its `with` block."""

    def __init__(self, zygote: Zygote, number: int, pidfd: int, channel: Channel) -> None:
        self._zygote = zygote
        self._number = number
        self._pidfd = pidfd
        self._channel = channel

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()
        self._kill()
        os.close(self._pidfd)
        self._zygote.forget(self._number)

    def request(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send messages and wait for the replies; see `Channel.request_all`.

        Args:
            messages: the encoded messages.
            seconds: the time limit for all of them.

        Returns:
            the decoded replies, in order.

        Raises:
            LateError: not all replies came in time.
            LostError: the worker process exited, or sent something that is no reply.
        """
        return self._channel.request_all(messages, seconds)

    def ending(self) -> str:
        """Return how the worker process exited, as text; kills one that only closed its pipe.

        Raises:
            ZygoteLostError: it exited because the fork server did.
        """
        self._kill()  # no effect on one that is exiting: its exit code is fixed
        return in_words(self._zygote.ending(self._number))

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
