"""A replacement for the fork server on systems without isolation layers: starts each process by exec.

It contains loops and crashes, and nothing else: such a process can read whatever its user can.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from grader.errors import SandboxError
from grader.sandbox.channel import Channel, LostError
from grader.sandbox.exit_status import in_words
from grader.sandbox.launcher import Config, environment
from grader.sandbox.layers.levels import Layer
from grader.sandbox.work_folder import WorkFolder
from grader.sandbox.zygote_client import PATIENCE

CHILD = (
    "import sys; sys.path[:] = {path!r}; from grader.sandbox import editable_imports, removed_names, worker; "
    "removed_names.restore(); editable_imports.follow({mapped!r}); worker.serve({requests}, {replies})"
)


class Subprocesses:
    """Starts a process for each submission, without any isolation layer."""

    def __init__(self, config: Config) -> None:
        self._imports = {"path": config["path"], "mapped": config["mapped"]}
        self._folder = WorkFolder()
        self.tested: tuple[str, ...] = ()
        self.missing: dict[str, str] = {layer.value: f"not on {sys.platform}" for layer in Layer}

    def elsewhere(self) -> Subprocesses:
        """Return itself: a forked process shares nothing with this one that needs splitting."""
        return self

    def furnish(self, data: Mapping[str, bytes]) -> None:
        """Let the current folder of processes have these files, by their paths, and no others."""
        self._folder.furnish(data)

    def import_modules(self, names: frozenset[str]) -> bool:  # noqa: ARG002  # the interface of `Zygote`
        """Do nothing: no process is forked from another."""
        return True

    def fork(self) -> Subprocess:
        """Start a process, which waits for its program."""
        their_requests, requests = os.pipe()
        replies, their_replies = os.pipe()
        code = CHILD.format(**self._imports, requests=their_requests, replies=their_replies)
        try:
            process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-s", "-P", "-B", "-S", "-c", code],
                pass_fds=[their_requests, their_replies],
                env=environment() | {"MPLCONFIGDIR": self._folder.cache},
                cwd=self._folder.files or "/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            os.close(their_requests)
            os.close(their_replies)
        child = Subprocess(process, Channel(requests, replies))
        child.start()
        return child

    def close(self) -> None:
        """Remove the folder; every process ends with its `with` block."""
        self._folder.remove()


class Subprocess:
    """A process that ends with its `with` block."""

    def __init__(self, process: subprocess.Popen[bytes], channel: Channel) -> None:
        self._process = process
        self._channel = channel

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._channel.close()
        self._kill()
        self._process.wait()

    def start(self) -> None:
        """Wait until it is ready.

        Raises:
            SandboxError: it does not start.
        """
        try:
            self._channel.receive_greeting(PATIENCE)
        except LostError as error:
            self.__exit__(None, None, None)
            raise SandboxError(f"a child did not start: {error}") from None

    def request(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send messages and wait for the replies; see `Channel.request_all`.

        Args:
            messages: the encoded messages.
            seconds: the time limit for all of them.

        Returns:
            the decoded replies, in order.

        Raises:
            LateError: not all replies came in time.
            LostError: the process exited, or sent something that is no reply.
        """
        return self._channel.request_all(messages, seconds)

    def ending(self) -> str:
        """Return how the process exited, as text; kills one that only closed its pipe."""
        self._kill()
        return in_words(self._process.wait())

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
