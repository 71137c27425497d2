"""Stands in for the warm process on systems without isolation layers: every child is started afresh.

It keeps a loop or a crash from doing harm, and nothing else: such a child can read what its user can.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from grader.errors import SandboxError
from grader.sandbox.channel import Conversation, LostError
from grader.sandbox.exit_status import in_words
from grader.sandbox.launcher import Config, environment
from grader.sandbox.layers.levels import Layer
from grader.sandbox.zygote_client import PATIENCE

CHILD = (
    "import sys; sys.path[:] = {path!r}; from grader.sandbox import editable_imports, worker; "
    "editable_imports.follow({mapped!r}); worker.serve({requests}, {replies})"
)


class Subprocesses:
    """Starts a child for each submission; none of the isolation layers is on it."""

    def __init__(self, config: Config) -> None:
        self._imports = {"path": config["path"], "mapped": config["mapped"]}
        self.tested: tuple[str, ...] = ()
        self.missing: dict[str, str] = {layer.value: f"not on {sys.platform}" for layer in Layer}

    def elsewhere(self) -> Subprocesses:
        """For a process that was forked from this one: nothing is shared, so nothing has to be split."""
        return self

    def fork(self) -> Subprocess:
        """A new child, which waits for its program."""
        their_requests, requests = os.pipe()
        replies, their_replies = os.pipe()
        code = CHILD.format(**self._imports, requests=their_requests, replies=their_replies)
        try:
            process = subprocess.Popen(  # noqa: S603  # our own program
                [sys.executable, "-s", "-P", "-B", "-S", "-c", code],
                pass_fds=[their_requests, their_replies],
                env=environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        finally:
            os.close(their_requests)
            os.close(their_replies)
        child = Subprocess(process, Conversation(requests, replies))
        child.start()
        return child

    def close(self) -> None:
        """Nothing is left: no child outlives its `with` block."""


class Subprocess:
    """One child, for the length of a `with` block, which it does not outlive."""

    def __init__(self, process: subprocess.Popen[bytes], conversation: Conversation) -> None:
        self._process = process
        self._conversation = conversation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._conversation.close()
        self._kill()
        self._process.wait()

    def start(self) -> None:
        """Wait until it is ready.

        Raises:
            SandboxError: it does not start.
        """
        try:
            self._conversation.hear_greeting(PATIENCE)
        except LostError as error:
            self.__exit__(None, None, None)
            raise SandboxError(f"a child did not start: {error}") from None

    def ask(self, messages: Sequence[bytes], seconds: float) -> list[Any]:
        """Send messages and return the replies; see `Conversation.ask_all`."""
        return self._conversation.ask_all(messages, seconds)

    def ending(self) -> str:
        """How the child ended, in words. One that has closed its pipe and goes on is ended here."""
        self._kill()
        return in_words(self._process.wait())

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
