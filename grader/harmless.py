"""What a top-level statement does, and whether it depends on nothing but its inputs. Text only.

What is not known to be harmless may read a clock, entropy, a file or an address.
"""

from __future__ import annotations

import ast
import builtins
import dis
import functools
import hashlib
import itertools
import math
import re
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.notebook.parsing import ALL, bound_names

# fmt: off
MODULES = frozenset({"numpy", "numpy.linalg", "numpy.random", "math", "copy", "itertools"})
BUILTINS = frozenset({
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "filter", "float", "frozenset",
    "format", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next", "pow", "print",
    "range", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type", "zip",
    "ArithmeticError", "AssertionError", "Exception", "IndexError", "KeyError", "NotImplementedError",
    "StopIteration", "TypeError", "ValueError", "ZeroDivisionError",
})
"""Builtins whose answers depend on their arguments alone."""

NOT_OF_NUMPY = frozenset({
    "empty", "empty_like", "ndarray", "resize",                                       # memory as it was found
    "Generator", "SeedSequence", "BitGenerator", "PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64",
    "set_state", "set_bit_generator",                                                 # entropy
    "datetime64",                                                                     # a clock
    "load", "loadtxt", "genfromtxt", "fromfile", "fromregex", "memmap", "open_memmap", "DataSource",
    "save", "savez", "savez_compressed", "savetxt", "tofile", "dump",                 # files
    "ctypes", "data", "may_share_memory", "shares_memory",                            # addresses
    "seterr", "seterrcall", "setbufsize", "set_printoptions", "setflags",             # state that stays
    "get_include", "show_config", "show_runtime", "info", "test", "frompyfunc", "vectorize",
})
"""Names in NumPy whose use depends on something else, or lasts."""

OWNERS = (
    np, np.linalg, np.random, np.random.RandomState, np.random.Generator, np.ndarray, np.float64, np.dtype,
    np.finfo(float), math, itertools, list, dict, set, tuple, str, int, float, complex, Exception,
)
# fmt: on


def _attributes() -> Iterator[str]:
    """The names of what the owners have, but for the modules in them: those lead everywhere."""
    yield from ("linalg", "random", "copy", "deepcopy")
    for owner in OWNERS:
        for name in dir(owner):
            if not name.startswith("_") and not isinstance(getattr(owner, name, None), types.ModuleType):
                yield name


ATTRIBUTES = frozenset(_attributes()) - NOT_OF_NUMPY

SEED = re.compile(r"\b(seed|default_rng|RandomState)\b(?!\(\s*\d+\s*\))")
"""A use of a seed, or of a generator, that may ask the system for one."""

DEFINING = frozenset({
    "RESUME", "CACHE", "NOP", "EXTENDED_ARG", "LOAD_CONST", "LOAD_NAME", "LOAD_ATTR", "LOAD_GLOBAL",
    "STORE_NAME", "IMPORT_NAME", "IMPORT_FROM", "IMPORT_STAR", "CALL_INTRINSIC_1", "POP_TOP", "RETURN_VALUE",
    "RETURN_CONST", "MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE", "BUILD_TUPLE", "BUILD_LIST", "BUILD_MAP",
    "BUILD_CONST_KEY_MAP", "LIST_EXTEND", "DICT_UPDATE", "UNARY_NEGATIVE",
})  # fmt: skip
"""Instructions that define functions and constants in no time, and call nothing."""

CHANGEABLE = frozenset({"BUILD_LIST", "BUILD_MAP", "BUILD_CONST_KEY_MAP"})
"""Those that make a constant, or a default, in which one call may leave something for the next."""

LASTING = frozenset({"STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL"})
"""Instructions whose effect another call might see."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a harmless statement does.

    Those with equal `digest` do the same. `binds` are the names that it sets; an `importing` one does
    nothing else. A `stateless` one makes nothing that a call of one of its functions could change for the
    next, and sets no builtin for others.
    """

    digest: bytes
    binds: frozenset[str]
    importing: bool
    stateless: bool


@functools.lru_cache(maxsize=8192)
def sense_of(source: str, provided: frozenset[str]) -> Sense | None:
    """What a top-level statement does; None when that may depend on more than its inputs.

    Args:
        source: the statement.
        provided: the modules of the assignment, which are harmless.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
            module = compile(tree, "", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    codes = list(_all_code(module))
    defining = _instructions(module)
    binds = frozenset(name for statement in tree.body for name in bound_names(statement))
    harmless = (
        defining <= DEFINING
        and not SEED.search(source)
        and not any(LASTING & _instructions(code) for code in codes)
        and all(_harmless_name(name) for code in codes for name in code.co_names)
        and all(_harmless_node(node, provided) for node in ast.walk(tree))
        and not any(hasattr(builtins, name) for name in binds)
    )
    if not harmless:
        return None
    return Sense(
        digest=hashlib.sha256(b"".join(map(_normal, codes))).digest(),
        binds=binds,
        importing=all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in tree.body),
        stateless=not defining & CHANGEABLE and all(_of_known_names(s, provided) for s in tree.body),
    )


def _all_code(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _all_code(constant)


def _instructions(code: types.CodeType) -> set[str]:
    return {dis.opname[instruction] for instruction in set(code.co_code[::2])}


def _harmless_node(node: ast.AST, provided: frozenset[str]) -> bool:
    match node:
        case ast.Attribute(attr=name):
            return name in ATTRIBUTES
        case ast.Import(names=aliases):
            return all(alias.name in MODULES | provided for alias in aliases)
        case ast.ImportFrom(module=module, names=aliases):
            names = {alias.name for alias in aliases}
            return module in provided or (module in MODULES and names <= ATTRIBUTES | {ALL})
        case _:
            return True


def _of_known_names(statement: ast.stmt, provided: frozenset[str]) -> bool:
    """Whether it is known which names a statement sets: NumPy's star sets builtins, for others too."""
    return ALL not in bound_names(statement) or (
        isinstance(statement, ast.ImportFrom) and statement.module in provided
    )


@functools.lru_cache(maxsize=4096)
def _harmless_name(name: str) -> bool:
    """Whether what a name stands for, as a global, a builtin or an attribute, depends on inputs alone."""
    if name.startswith("_") or name in NOT_OF_NUMPY:
        return False
    return name in BUILTINS or not hasattr(builtins, name)


def _normal(code: types.CodeType) -> bytes:
    """All that a code object does, as text; the code inside it comes by itself."""
    constants = [c if not isinstance(c, types.CodeType) else ... for c in code.co_consts]
    what = (
        code.co_name, code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags,
        code.co_code, code.co_exceptiontable, code.co_names, code.co_varnames, code.co_cellvars,
        code.co_freevars, constants,
    )  # fmt: skip
    return repr(what).encode("utf-8", "surrogatepass")
