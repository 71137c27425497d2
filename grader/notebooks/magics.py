"""Translate cells with IPython magics to Python of the same lines. Static only; nothing is run."""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

LARGEST = 64 << 10
"""The longest cell, in characters, given to IPython's transformer, which rescans it for each magic."""

LONGEST = 16 << 10
"""The longest line given to it: Python 3.12 tokenizes some in quadratic time."""

MOST = 100
"""The most magics of a cell that IPython's transformer is used for."""

CELL_MAGIC = re.compile(r"(\s*)%%(\w+)([^\n]*)\n?")
RUNS_PYTHON = frozenset({"time", "capture", "prun"})
"""Cell magics whose body runs in the namespace of the notebook; `%%timeit` keeps nothing."""

MAGIC = re.compile(r"([\w, ]+=\s*)?[%!]|\?")  # %matplotlib inline, !ls, files = !ls, ?np.dot
SETS = re.compile(
    r"""[ \t]*%(?:
        (?:set_)?env[ \t]+(?P<variable>[^\s=${]+)(?P<value>[ \t=][^\n${]*)
      | reset[ \t]+(?P<reset>-s?f|-f[ \t]+-s|-s[ \t]+-f)[ \t]*
    )""",
    re.VERBOSE,
)
"""A line that sets an environment variable, or resets the namespace."""

USUAL = re.compile(
    r"[ \t]*(%(?!%|time|prun\b|run\b|pylab\b)\w|![^=\s])[^\n]*(?<!\\)|[ \t]*\?[\w.]+|[\w. \t]+\?\??"
)
"""A line that is a whole magic and binds nothing."""

UNUSUAL = re.compile(
    r"""^[ \t]*(?:[%!?,;/]|>>>|In\ \[)   # a magic, a call without brackets, a prompt
      | ^[^\#\n'"]*\?[ \t]*$             # help
      | =[ \t]*[%!]                      # its answer has a name
      | \A(?:[ \t]*\n)*[ \t]+\S          # the cell as a whole is indented
    """,
    re.MULTILINE | re.VERBOSE,
)
AUTOMAGIC = re.compile(
    r"""\s*(?:alias|autoreload|bookmark|cat|cd|clear|conda|config|cp|dirs|env|history|less|ll|load|load_ext|ls
    |lsmagic|man|matplotlib|mkdir|more|mv|pdb|pinfo|pip|precision|pwd|pylab|reset|rm|rmdir|run|time|timeit|who
    |who_ls|whos|xmode)\b[^\n]*+\s*+""",
    re.VERBOSE,
)
"""A cell of one line that names a magic without `%`."""

LINE_MAGIC = re.compile(
    r"^([^\n'\"#]*?)get_ipython\(\)\.run_line_magic\('(time|prun|run|pylab)', ([^\n]*)\)$", re.MULTILINE
)
PYLAB = "import numpy, numpy as np; from numpy import *; from matplotlib import pyplot as plt"


class WrittenFile(NamedTuple):
    """A module that a cell writes: name, text, number of the line before it, and whether it is appended."""

    module: str
    text: str
    line: int
    appended: bool


def written_file(source: str) -> WrittenFile | None:
    """Return the module that a `%%writefile` cell writes, if it is one."""
    magic = CELL_MAGIC.match(source)
    if magic is None or magic[2] not in {"writefile", "file"}:
        return None
    words = magic[3].split()
    path = posixpath.normpath(words[-1].strip("'\"")) if words else ""
    if path.startswith("/"):  # the folder that the notebook is in has a name of its own on each machine
        path = posixpath.basename(path)
    module = path.removesuffix(".py").replace("/", ".")
    if not path.endswith(".py") or not all(map(str.isidentifier, module.split("."))):
        return None
    line = magic[1].count("\n") + 1
    return WrittenFile(module, source[magic.end() :], line, bool({"-a", "--append"} & set(words)))


def python_body(source: str) -> str | None:
    """Return a cell without the cell magics that run it as Python; None if it is not Python."""
    lines, start, captured = 0, 0, ""
    while magic := CELL_MAGIC.match(source, start):
        if magic[2] not in RUNS_PYTHON:
            return None
        lines, start = lines + magic[0].count("\n"), magic.end()
        captured = _captured(magic) or captured
    return captured + "\n" * lines + source[start:]


def _captured(magic: re.Match[str]) -> str:
    """Return the assignment of the name in `%%capture name`, whose output is empty here."""
    name = magic[3].split()[-1:]
    return f"{name[0]} = get_ipython()" if magic[2] == "capture" and name and name[0].isidentifier() else ""


def python_of(source: str) -> str:
    """Return a cell that does not parse as Python of the same lines; unchanged if it has no magics."""
    if AUTOMAGIC.fullmatch(source):
        source = re.sub(r"\S", r"%\g<0>", source, count=1)
    usual = _without_usual(source)
    if usual is not None:
        return usual
    if not UNUSUAL.search(source):
        return source
    if "\0" in source:  # never valid, and tokenizing it leaves an exception set in 3.12
        return without_magics(source)
    too_long = len(source) > LARGEST or max(map(len, source.split("\n"))) > LONGEST
    if too_long or len(re.findall(r"^[ \t]*[%!?]", source, re.MULTILINE)) > MOST:
        return without_magics(source)
    try:
        return _by_ipython(source)
    except (SyntaxError, RuntimeError, ValueError, IndexError, RecursionError, MemoryError):
        return without_magics(source)


def without_magics(source: str) -> str:
    """Return the source with `pass` for each line that looks like IPython syntax."""
    return "\n".join(map(_without_magic, source.split("\n")))


def _without_magic(line: str) -> str:
    text = line.strip()
    if MAGIC.match(text) or (text.endswith("?") and "#" not in text):
        return _passing(line)
    return line


def _passing(line: str) -> str:
    """Return a line that does nothing, or the effect of a magic, in its place."""
    passing = line[: len(line) - len(line.lstrip())] + "pass"
    if "%" not in line or (sets := SETS.fullmatch(line)) is None:
        return passing
    if sets["reset"]:
        return f"{passing}; get_ipython().reset_namespace()"
    value = sets["value"].strip().removeprefix("=").strip()
    return f"{passing}; import os; os.environ[{sets['variable']!r}] = {value!r}"


def _without_usual(source: str) -> str | None:
    """Return the source with `pass` for usual magics; None if there are none, or others too."""
    lines = source.split("\n")
    usual = {number for number, line in enumerate(lines, 1) if USUAL.fullmatch(line)}
    if not usual:
        return None
    python = "\n".join(_passing(line) if n in usual else line for n, line in enumerate(lines, 1))
    try:
        passing = {node.lineno for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Pass)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return python if usual <= passing else None  # else one of them was inside a string


# ---------------------------------------------------------------- IPython's own rules


def _by_ipython(source: str) -> str:
    """Return the cell as IPython would run it, each statement still in its line."""
    from IPython.core.inputtransformer2 import TransformerManager  # lazy: rarely needed and slow to import

    manager: Any = TransformerManager()  # type: ignore[no-untyped-call]
    lines = [line + "\n" for line in source.split("\n")]
    empty = next((i for i, line in enumerate(lines) if line.strip()), len(lines))
    lines = lines[empty:]
    for transform in manager.cleanup_transforms[1:]:  # the first drops empty lines
        lines = transform(lines)
    for _ in range(MOST):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            changed, after = manager.do_one_token_transform(lines)
        if not changed:
            break
        lines = list(_in_place(lines, after))
    return LINE_MAGIC.sub(_run_by_magic, "\n" * empty + "".join(lines))


def _in_place(before: list[str], after: list[str]) -> Iterator[str]:
    """Yield the transformed lines at their old numbers: a magic of several lines becomes one."""
    first = next(
        (i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after)
    )
    for number, line in enumerate(after):
        yield line
        if number == first:
            yield from ["\n"] * (len(before) - len(after))


def _run_by_magic(match: re.Match[str]) -> str:
    """Return the code that a line magic runs in the notebook's namespace."""
    before, magic, argument = match.groups()
    try:
        code = str(ast.literal_eval(argument)).strip()
    except (ValueError, SyntaxError):
        return match[0]
    if magic in {"time", "prun"}:
        return before + code if code and not code.startswith("-") else match[0]
    if before.strip():
        return match[0]
    if magic == "pylab":
        return before + PYLAB
    words = shlex.split(code)
    inside = "-i" in words[:1]
    return f"{before}get_ipython().run_file(globals(), {inside}, {words[inside:]!r})"
