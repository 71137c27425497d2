"""Cells as IPython reads them: Python of the same lines, with magics as calls. Text only; nothing is run."""

from __future__ import annotations

import ast
import posixpath
import re
import shlex
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

LARGEST = 64 << 10
"""Characters of a cell up to which IPython's rules are asked, which read all of it again for each magic."""

LONGEST = 16 << 10
"""Characters of a line up to which they are asked: Python 3.12 takes quadratic time for one of odd signs."""

MOST = 100
"""Magics of a cell that are worth asking IPython's rules for."""

CELL_MAGIC = re.compile(r"(\s*)%%(\w+)([^\n]*)\n?")
RUNS_PYTHON = frozenset({"time", "capture", "prun"})
"""Cell magics whose body is run as the cell that it stands in; `%%timeit` keeps nothing of its own."""

MAGIC = re.compile(r"([\w, ]+=\s*)?[%!]|\?")  # %matplotlib inline, !ls, files = !ls, ?np.dot
SETS = re.compile(
    r"""[ \t]*%(?:
        (?:set_)?env[ \t]+(?P<variable>[^\s=${]+)(?P<value>[ \t=][^\n${]*)
      | reset[ \t]+(?P<reset>-s?f|-f[ \t]+-s|-s[ \t]+-f)[ \t]*
    )""",
    re.VERBOSE,
)
"""A line that sets a variable of the environment, or empties the namespace."""

USUAL = re.compile(
    r"[ \t]*(%(?!%|time|prun\b|run\b|pylab\b)\w|![^=\s])[^\n]*(?<!\\)|[ \t]*\?[\w.]+|[\w. \t]+\?\??"
)
"""A line that is a magic by itself, and binds nothing."""

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
    """A module that a cell writes: its name, its text, the line before its first, and if that is appended."""

    module: str
    text: str
    line: int
    appended: bool


def written_file(source: str) -> WrittenFile | None:
    """The module that a `%%writefile` cell writes, if it is one."""
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
    """A cell without the cell magics that run it as Python; None when it is something else."""
    lines, start, captured = 0, 0, ""
    while magic := CELL_MAGIC.match(source, start):
        if magic[2] not in RUNS_PYTHON:
            return None
        lines, start = lines + magic[0].count("\n"), magic.end()
        captured = _captured(magic) or captured
    return captured + "\n" * lines + source[start:]


def _captured(magic: re.Match[str]) -> str:
    """What gives a name to the output that `%%capture name` keeps: here it is nothing."""
    name = magic[3].split()[-1:]
    return f"{name[0]} = get_ipython()" if magic[2] == "capture" and name and name[0].isidentifier() else ""


def python_of(source: str) -> str:
    """A cell that does not parse as it stands, as Python of the same lines; the same if it has no magics."""
    if AUTOMAGIC.fullmatch(source):
        source = re.sub(r"\S", r"%\g<0>", source, count=1)
    usual = _without_usual(source)
    if usual is not None:
        return usual
    if not UNUSUAL.search(source):
        return source
    if "\0" in source:  # no Python has it, and Python's own tokens of it leave an error behind in 3.12
        return without_magics(source)
    too_long = len(source) > LARGEST or max(map(len, source.split("\n"))) > LONGEST
    if too_long or len(re.findall(r"^[ \t]*[%!?]", source, re.MULTILINE)) > MOST:
        return without_magics(source)
    try:
        return _by_ipython(source)
    except (SyntaxError, RuntimeError, ValueError, IndexError, RecursionError, MemoryError):
        return without_magics(source)


def without_magics(source: str) -> str:
    """The source with `pass` for each line that looks like one that IPython alone understands."""
    return "\n".join(map(_without_magic, source.split("\n")))


def _without_magic(line: str) -> str:
    text = line.strip()
    if MAGIC.match(text) or (text.endswith("?") and "#" not in text):
        return _passing(line)
    return line


def _passing(line: str) -> str:
    """A line that does nothing, or else what a magic does, in its place."""
    passing = line[: len(line) - len(line.lstrip())] + "pass"
    if "%" not in line or (sets := SETS.fullmatch(line)) is None:
        return passing
    if sets["reset"]:
        return f"{passing}; get_ipython().reset_namespace()"
    value = sets["value"].strip().removeprefix("=").strip()
    return f"{passing}; import os; os.environ[{sets['variable']!r}] = {value!r}"


def _without_usual(source: str) -> str | None:
    """The source with `pass` for usual magics; None when there are none, or that is not all."""
    lines = source.split("\n")
    usual = {number for number, line in enumerate(lines, 1) if USUAL.fullmatch(line)}
    if not usual:
        return None
    python = "\n".join(_passing(line) if n in usual else line for n, line in enumerate(lines, 1))
    try:
        passing = {node.lineno for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Pass)}
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return python if usual <= passing else None  # else one of them was a line of a text


# ---------------------------------------------------------------- IPython's own rules


def _by_ipython(source: str) -> str:
    """The cell as IPython would run it, each statement still in its line."""
    from IPython.core.inputtransformer2 import TransformerManager  # seldom needed, and long to import

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
    """The lines after a transformation, each where it was: a magic of several lines has become one."""
    first = next(
        (i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new), len(after)
    )
    for number, line in enumerate(after):
        yield line
        if number == first:
            yield from ["\n"] * (len(before) - len(after))


def _run_by_magic(match: re.Match[str]) -> str:
    """What a line magic runs in the notebook's own namespace."""
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
