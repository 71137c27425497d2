"""Prepares the standard streams, and turns exceptions into messages and exit statuses."""

from __future__ import annotations

import codecs
import errno
import os
import sys
import tempfile
import traceback
from io import TextIOWrapper
from typing import TextIO

from grader.errors import SandboxError, UnreadableError, UsageError
from grader.reports.sanitize import one_line

ROOM = "Make room there, or write elsewhere."
RIGHTS = "Name a place that you may read and write, or have its permissions changed."
FOLDER = "A folder belongs there: move the file away that is in its place."
ADVICE = {
    errno.ENOSPC: ROOM,
    errno.EDQUOT: ROOM,
    errno.EFBIG: "Allow larger files: ulimit -f unlimited",
    errno.EACCES: RIGHTS,
    errno.EPERM: RIGHTS,
    errno.EROFS: RIGHTS,
    errno.EEXIST: FOLDER,
    errno.ENOTDIR: FOLDER,
    errno.EISDIR: "A file belongs there: move the folder away.",
    errno.EMFILE: "Allow more open files: ulimit -n 4096",
}
OTHERWISE = "See that it is there and can be used."


PLAIN = {"✓": "+", "✗": "x", "→": ">", "–": "-", "…": "_", "·": "-"}
"""Signs of ours for those who have none but ASCII's."""

ASCII = "grader-ascii"
"""ASCII by another name: click takes the stream of one that is called so for a mistake, and writes UTF-8."""


def prepare_streams() -> None:
    """Have what an encoding lacks shown replaced, and no file take the place of a stream that is closed."""
    codecs.register_error(ASCII, _replaced)
    codecs.register(lambda name: _ascii() if name == ASCII.replace("-", "_") else None)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=ASCII if ascii_only else None, errors=ASCII)
    while (descriptor := os.open(os.devnull, os.O_RDWR)) < 3:
        continue
    os.close(descriptor)


def _ascii() -> codecs.CodecInfo:
    plain = codecs.lookup("ascii")
    coders = plain.incrementalencoder, plain.incrementaldecoder
    return codecs.CodecInfo(*plain, *coders, name=ASCII)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    """Return replacements for characters that cannot be encoded."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(PLAIN.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def give_up_streams() -> None:
    """Write what is left, so that Python has nothing to complain of when it ends and nobody reads on."""
    for stream in (sys.stdout, sys.stderr):
        if _is_broken(stream):
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, stream.fileno())
            os.close(null)


def _is_broken(stream: TextIO | None) -> bool:
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        return True
    return False


def in_words(error: Exception) -> str:
    """Return the message for an exception. The traceback of an unexpected one goes to a file."""
    match error:
        case UsageError() | UnreadableError():
            return str(error)
        case SandboxError():
            return (
                f"The sandbox broke down: {one_line(str(error))}\n"
                "  Run the same command again; this says what the machine can do: grader doctor"
            )
        case OSError(strerror=str(reason)):
            place = _place(error)
            return f"{place}{reason}\n  {ADVICE.get(error.errno or 0, OTHERWISE)}"
        case MemoryError():
            return "The memory of this machine is used up\n  End other programs, or use fewer --jobs."
        case _:
            said = one_line(f"{type(error).__name__}: {error}")
            return f"This is a fault of grader's own: {said}\n  Please report it with {_in_full(error)}."


def _place(error: OSError) -> str:
    if error.filename is not None:
        return f"{one_line(os.fsdecode(error.filename))}: "
    return "standard output: " if error.errno == errno.ENOSPC else ""  # what is in a folder has a name


def _in_full(error: Exception) -> str:
    """Write a traceback to a file; return where it is."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="grader-fault-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
        ) as file:
            traceback.print_exception(error, file=file)
    except OSError as refusal:
        return f"its traceback, which could not be written ({refusal.strerror})"
    return f"the traceback in {file.name}"
