"""Decide whether a function may act differently in another process; such a function is run in two."""

from __future__ import annotations

import ast
import functools
import hashlib
import re
import unicodedata

from grader.grading.program_keys import words_of
from grader.models.submission import Part

MODULES = frozenset(
    {
        "_random", "_thread", "builtins", "concurrent", "copyreg", "ctypes", "datetime", "gc", "importlib",
        "inspect", "marshal", "multiprocessing", "operator", "os", "pickle", "platform", "posix", "resource",
        "secrets", "select", "signal", "socket", "sys", "tempfile", "threading", "time", "timeit",
        "tracemalloc", "uuid", "weakref",
    }
)  # fmt: skip
"""Modules whose values differ between processes, or that reach such values by a name in a string."""

NAMES = frozenset(
    {
        "BitGenerator", "MT19937", "PCG64", "PCG64DXSM", "Philox", "SFC64", "SeedSequence", "SystemRandom",
        "compile", "empty", "empty_like", "eval", "exec", "f_locals", "getattr", "getpid", "globals", "hash",
        "id", "locals", "monotonic", "open", "perf_counter", "process_time", "tb_frame", "time_ns", "urandom",
        "vars",
    }
)  # fmt: skip
"""Names, of any module, whose values differ between processes or that reach such values by a string."""

SEEDED = frozenset({"Random", "RandomState", "default_rng", "seed"})
"""Random generators, deterministic if the seed is a literal."""

PLAIN = frozenset(
    {"__call__", "__doc__", "__init__", "__iter__", "__len__", "__main__", "__name__", "__repr__"}
)
"""Names with double underscores that reach nothing else."""

SUSPECT = MODULES | NAMES | SEEDED
SEEDING = re.compile(r"\bnp\.random\.seed\([0-9]+\)")
"""The usual seeding of NumPy's generator, which is deterministic."""

LONGEST = 20_000
"""Characters of a statement that is parsed; a longer one counts as nondeterministic."""

ONE_IN = 256
"""One in so many functions that look deterministic is run in two processes all the same."""


def depends_on_chance(part: Part) -> bool:
    """Return whether a function names what differs between processes, or may reach it by a string."""
    return any(_names_chance(statement.source) for statement in part.statements)


def is_drawn(lot: str, name: str, sha256: str) -> bool:
    """Return whether a function is in the random sample that is always run in two processes.

    Args:
        lot: the assignment's secret for drawing the sample; "" draws nothing.
        name: the graded function.
        sha256: the digest of its program.

    Returns:
        True for one in `ONE_IN` functions.
    """
    drawn = hashlib.sha256(f"{lot}\0{name}\0{sha256}".encode()).digest()
    return bool(lot) and int.from_bytes(drawn[:8], "big") % ONE_IN == 0


@functools.lru_cache(maxsize=2048)
def _names_chance(source: str) -> bool:
    text = source if source.isascii() else unicodedata.normalize("NFKC", source)  # as Python reads names
    if "__" not in text:
        suspects = SUSPECT & words_of(text)
        if not suspects or (suspects == {"seed"} and "seed" not in SEEDING.sub("", text)):
            return False
    if len(source) > LONGEST:
        return True
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the text of a %%writefile cell
        return True
    seeded = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and _has_a_seed(node)}
    return any(_is_chance(node) for node in ast.walk(tree) if id(node) not in seeded)


def _has_a_seed(call: ast.Call) -> bool:
    """Return True if a call makes or seeds a generator with a literal integer and nothing else."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return (
        name in SEEDED
        and len(given) == 1
        and isinstance(given[0], ast.Constant)
        and type(given[0].value) is int
    )


def _is_chance(node: ast.AST) -> bool:
    match node:
        case ast.Import(names=names):
            return any(alias.name.partition(".")[0] in MODULES for alias in names)
        case ast.ImportFrom(module=module, names=names):
            root = (module or "").partition(".")[0]
            return root in MODULES or any(alias.name in SUSPECT for alias in names)
        case ast.Attribute(attr=name):
            return name in SUSPECT or _reaches(name)
        case ast.Name(id=name):  # `seed` may be a variable
            return name in NAMES or name in SEEDED - {"seed"} or _reaches(name)
        case ast.FunctionDef(name=name):
            return _reaches(name)
        case _:
            return False


def _reaches(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and name not in PLAIN
