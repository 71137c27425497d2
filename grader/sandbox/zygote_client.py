"""The grader's side of the warm process: asks it for children, hears how they end."""

from __future__ import annotations

import contextlib
import copy
import json
import os
import select
import signal
import socket
import subprocess
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from grader.errors import SandboxError
from grader.sandbox.channel import Conversation, LostError
from grader.sandbox.exit_status import in_words
from grader.sandbox.launcher import Config, start

MAX_MESSAGE = 1 << 16
DESCRIPTORS = 3
"""That come with a child: its pidfd, and the ends of its two pipes."""

PATIENCE = 20.0
"""Seconds that a zygote may take to start or to answer; it never runs student code itself."""


FILTERED = {-signal.SIGSYS, 128 + signal.SIGSYS}
"""How a process ends that made a system call for which a filter around us kills."""


class ZygoteLostError(SandboxError):
    """The warm process is gone."""


class FilteredError(ZygoteLostError):
    """The warm process was killed for a system call that a layer needs."""


class Zygote:
    """A warm process, and what is known of its children.

    `tested` has the isolation layers that were seen to hold, `missing` the others with the reason.
    """

    def __init__(self, config: Config) -> None:
        self._process: subprocess.Popen[bytes] | None
        self._socket, self._process = start(config)
        try:
            self._hear_report()
        except BaseException:
            self.close()
            raise

    def _hear_report(self) -> None:
        self._endings: dict[int, int] = {}
        self._live: set[int] = set()
        self._count = 0
        report = self._hear(PATIENCE)[0]
        self.tested: tuple[str, ...] = tuple(report["tested"])
        self.missing: dict[str, str] = report["missing"]

    def elsewhere(self) -> Zygote:
        """For a process that was forked from this one: a twin of the warm process, for it alone.

        Raises:
            ZygoteLostError: the warm process is gone.
        """
        twin = copy.copy(self)
        twin._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        twin._process = None  # a process of the one that it is a twin of
        with theirs, self._socket:
            self._send({"twin": sorted(os.sched_getaffinity(0))}, [theirs.fileno()])
        twin._hear_report()
        return twin

    def fork(self) -> Child:
        """A new child, which waits for its program.

        Raises:
            ZygoteLostError: the warm process, or the child before it had any work, is gone.
        """
        self._count += 1
        self._send({"child": self._count})
        while not (descriptors := self._listen(PATIENCE)):
            continue
        pidfd, requests, replies = descriptors
        self._live.add(self._count)
        conversation = Conversation(requests, replies)
        try:
            conversation.hear_greeting(PATIENCE)
        except LostError as error:
            conversation.close()
            os.close(pidfd)
            raise ZygoteLostError(f"a child did not start: {error}") from None
        return Child(self, self._count, pidfd, conversation)

    def ending(self, number: int) -> int:
        """How a child that has ended did so: its exit code, or minus the number of a signal."""
        while number not in self._endings:
            self._listen(PATIENCE)
        return self._endings.pop(number)

    def forget(self, number: int) -> None:
        """Keep nothing more of a child that nobody will ask about."""
        self._live.discard(number)
        self._endings.pop(number, None)

    def _listen(self, seconds: float) -> list[int]:
        """Take one message: the descriptors of a new child, or how another one ended."""
        message, descriptors = self._hear(seconds)
        if message.get("ended") is not None and message["child"] in self._live:
            self._endings[message["child"]] = message["ended"]
        return descriptors

    def _send(self, message: dict[str, Any], descriptors: Sequence[int] = ()) -> None:
        try:
            socket.send_fds(self._socket, [json.dumps(message).encode()], descriptors)
        except OSError:
            raise ZygoteLostError("the warm process is gone") from None

    def _hear(self, seconds: float) -> tuple[dict[str, Any], list[int]]:
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
        said = json.loads(message)
        if "fault" in said:
            raise SandboxError(f"the warm process broke down: {said['fault']}")
        return said, descriptors

    def _gone(self) -> ZygoteLostError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            if self._process is not None and self._process.wait(1) in FILTERED:
                return FilteredError("the warm process was killed by a filter of system calls")
        return ZygoteLostError("the warm process is gone")

    def close(self) -> None:
        """End the warm process and, with it, every child."""
        self._socket.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Child:
    """One child, for the length of a `with` block, which it does not outlive."""

    def __init__(self, zygote: Zygote, number: int, pidfd: int, conversation: Conversation) -> None:
        self._zygote = zygote
        self._number = number
        self._pidfd = pidfd
        self._conversation = conversation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._conversation.close()
        self._kill()
        os.close(self._pidfd)
        self._zygote.forget(self._number)

    def ask(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send messages and return the replies; see `Conversation.ask_all`."""
        return self._conversation.ask_all(messages, seconds)

    def ending(self) -> str:
        """How the child ended, in words. One that has closed its pipe and goes on is ended here.

        Raises:
            ZygoteLostError: the child ended because the warm process did.
        """
        self._kill()  # changes nothing for a child that is on its way out: its exit code is settled by then
        return in_words(self._zygote.ending(self._number))

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
