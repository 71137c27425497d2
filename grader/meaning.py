"""Digests of what programs mean, equal for programs that behave alike. Text only; nothing is run.

What a function means is its bytecode, without names of files and numbers of lines, and that of all it
needs: comments, layout and the rest of a notebook make no difference. Only a program that depends on
nothing but its inputs has a meaning. What may read a clock, entropy, a file or an address has none, and
what is not known to be harmless may.
"""

from __future__ import annotations

import builtins
import dis
import functools
import hashlib
import re
import types
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.model import Exercise, Part, Statement, Submission
from grader.programs import merged, needed_for

# fmt: off
MODULES = frozenset({"numpy", "math", "copy", "itertools", "functools", "operator", "typing", "__future__"})
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
    "set_state",                                                                      # entropy
    "load", "loadtxt", "genfromtxt", "fromfile", "fromregex", "memmap", "open_memmap", "DataSource",
    "save", "savez", "savez_compressed", "savetxt", "tofile", "dump",                 # files
    "ctypes", "ctypeslib", "data", "lib", "core", "f2py", "testing", "sys", "os",    # addresses, ways out
    "seterr", "seterrcall", "setbufsize", "set_printoptions", "setflags",             # state that stays
    "get_include", "show_config", "show_runtime", "info", "frompyfunc", "vectorize",
})
"""Names in NumPy whose use depends on something else, or lasts."""
# fmt: on

SEED = re.compile(r"\b(seed|default_rng|RandomState)\b(?!\(\s*\d+\s*\))")
"""A use of a seed, or of a generator, that may ask the system for one."""

DEFINING = frozenset({
    "RESUME", "CACHE", "NOP", "EXTENDED_ARG", "LOAD_CONST", "LOAD_NAME", "LOAD_ATTR", "LOAD_GLOBAL",
    "STORE_NAME", "IMPORT_NAME", "IMPORT_FROM", "IMPORT_STAR", "CALL_INTRINSIC_1", "POP_TOP", "RETURN_VALUE",
    "RETURN_CONST", "MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE", "BUILD_TUPLE", "BUILD_LIST", "BUILD_MAP",
    "BUILD_CONST_KEY_MAP", "LIST_EXTEND", "DICT_UPDATE", "UNARY_NEGATIVE",
})  # fmt: skip
"""Instructions that define functions and constants in no time, and call nothing."""

LASTING = frozenset(
    dis.opmap[name]
    for name in ("STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL")
    if name in dis.opmap
)
"""Instructions whose effect another call might see."""

IMPORT = dis.opmap["IMPORT_NAME"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Digests of one graded function in its notebook.

    Functions with equal `plain` return the same; with equal `exact`, they are the same text, and fail at
    the same places.
    """

    plain: bytes
    exact: bytes


def meanings(
    submission: Submission, exercises: Mapping[str, Exercise], provided: frozenset[str]
) -> dict[str, Meaning]:
    """What each written function means; nothing when any of them depends on more than its inputs.

    Args:
        submission: the functions and their parts.
        exercises: the graded functions, by name.
        provided: the modules of the assignment, which are harmless.
    """
    statements = {statement for part in submission.parts.values() for statement in part.statements}
    if not all(_means(statement.source, provided) for statement in statements):
        return {}
    return {name: _meaning(name, submission, exercises, provided) for name in submission.parts}


def statements_of(name: str, parts: Mapping[str, Part]) -> tuple[Statement, ...]:
    """All that is run for a graded function as it was written."""
    return merged(parts[used] for used in needed_by(name, parts) if used in parts)


def needed_by(name: str, parts: Mapping[str, Part]) -> list[str]:
    """A graded function and all that it calls, directly or not, in the order of their names."""
    return sorted(needed_for(name, {used: part.uses for used, part in parts.items()}))


def _meaning(
    name: str, submission: Submission, exercises: Mapping[str, Exercise], provided: frozenset[str]
) -> Meaning:
    plain = hashlib.sha256(name.encode())
    statements = statements_of(name, submission.parts)
    for statement in statements:
        plain.update(_means(statement.source, provided))
    for used in needed_by(name, submission.parts):
        found = submission.functions[used]
        plain.update(f"{used} {found.state} {exercises[used].edition_of(found.source)}\0".encode())
    exact = plain.copy()
    for text in (*(statement.source for statement in statements), *_unbound(name, submission)):
        exact.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return Meaning(plain.digest(), exact.digest())


def _unbound(name: str, submission: Submission) -> Iterator[str]:
    for used in needed_by(name, submission.parts):
        if used in submission.parts:
            yield f"{used} {sorted(submission.parts[used].unbound.items())}"


# ---------------------------------------------------------------- one statement


@functools.lru_cache(maxsize=8192)
def _means(source: str, provided: frozenset[str]) -> bytes:
    """The digest of a top-level statement; empty when it may depend on more than its inputs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            module = compile(source, "", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return b""
    defines = all(dis.opname[code] in DEFINING for code in module.co_code[::2])
    if not defines or SEED.search(source) or not all(_harmless(code, provided) for code in _all_code(module)):
        return b""
    digest = hashlib.sha256()
    for code in _all_code(module):
        digest.update(_normal(code))
    return digest.digest()


def _all_code(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _all_code(constant)


def _harmless(code: types.CodeType, provided: frozenset[str]) -> bool:
    instructions = set(code.co_code[::2])
    if instructions & LASTING:
        return False
    if IMPORT in instructions:
        modules = {i.argval.split(".")[0] for i in dis.get_instructions(code) if i.opcode == IMPORT}
        if not modules <= MODULES | provided:
            return False
    return all(map(_harmless_name, code.co_names))


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
