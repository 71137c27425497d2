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
import string
import types
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grader.notebook.parsing import OF_NOTEBOOKS, bound_names

# fmt: off
MODULES = frozenset({"numpy", "numpy.linalg", "numpy.random", "math", "copy", "itertools"})
BUILTINS = frozenset({
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "filter", "float", "frozenset",
    "format", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next", "pow", "print",
    "range", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "zip",
    "ArithmeticError", "AssertionError", "Exception", "IndexError", "KeyError", "NotImplementedError",
    "StopIteration", "TypeError", "ValueError", "ZeroDivisionError",
})
"""Builtins whose answers depend on their arguments alone."""

NOT_OF_NUMPY = frozenset({
    "empty", "empty_like", "ndarray", "recarray", "resize", "nditer", "nested_iters",  # memory that was there
    "Generator", "SeedSequence", "BitGenerator", "PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64",
    "set_state", "bit_generator", "get_bit_generator", "set_bit_generator",            # entropy
    "datetime64", "datetime_as_string", "datetime_data", "busday_count", "busday_offset", "busdaycalendar",
    "is_busday",                                                                       # a clock
    "load", "loadtxt", "genfromtxt", "fromfile", "fromregex", "memmap", "open_memmap", "DataSource",
    "save", "savez", "savez_compressed", "savetxt", "tofile", "dump",                  # files
    "ctypes", "data", "base", "may_share_memory", "shares_memory",                     # addresses
    "seterr", "seterrcall", "setbufsize", "set_printoptions", "setflags", "metadata",  # state that stays,
    "errstate", "printoptions",                                       # or reaches what is called meanwhile
    "bmat", "format", "format_map",                                                    # what a text names
    "get_include", "show_config", "show_runtime", "info", "test", "frompyfunc", "vectorize",
})
"""Names in NumPy, and of texts, whose use depends on something else, or lasts."""

OWNERS = (
    np, np.linalg, np.random, np.random.RandomState, np.random.Generator, np.ndarray, np.float64, np.dtype,
    np.finfo(float), math, itertools, list, dict, set, tuple, str, int, float, complex, Exception,
)
# fmt: on


NUMBERS = (int, float, np.number, types.GetSetDescriptorType)  # the last of types, such as `shape`


@functools.cache
def _attributes() -> frozenset[str]:
    """The names of what the owners have: functions, types and numbers. Modules and tables lead elsewhere.

    Those that NumPy imports when it is asked for them are modules, and so are not asked for.
    """
    names = {"linalg", "random", "copy", "deepcopy", "T", "newaxis"}
    for owner in OWNERS:
        for name in vars(owner) if isinstance(owner, types.ModuleType) else dir(owner):
            value = getattr(owner, name, None)
            if not name.startswith("_") and (callable(value) or isinstance(value, NUMBERS)):
                names.add(name)
    return frozenset(names) - NOT_OF_NUMPY


SEEDING = frozenset({"seed", "default_rng", "RandomState"})
"""What asks the system for a seed when it is not given one."""

ASKING = re.compile(r"M8|datetime|^(now|today|empty|where)$")
"""Texts by which NumPy is asked for the time, or for memory as it was found."""

CAUGHT = frozenset({
    "ArithmeticError", "AssertionError", "IndexError", "KeyError", "NotImplementedError", "StopIteration",
    "TypeError", "ValueError", "ZeroDivisionError",
})  # fmt: skip
"""Exceptions that have nothing to do with how much stack or memory is left by those who call."""

LONG = 100
"""Characters of a text that is there for people to read."""

LARGE = 1024
"""Bits of an integer that is easily written in decimals."""

LARGEST = 16 << 10
"""Characters of a statement that is worth the time."""

FINALLY = 3
"""Blocks after `finally` in a statement. In each other they would double the work of compiling ever again."""

DEFINING = frozenset({
    "RESUME", "CACHE", "NOP", "EXTENDED_ARG", "LOAD_CONST", "LOAD_SMALL_INT", "LOAD_NAME", "LOAD_ATTR",
    "LOAD_GLOBAL", "STORE_NAME", "IMPORT_NAME", "IMPORT_FROM", "IMPORT_STAR", "CALL_INTRINSIC_1", "POP_TOP",
    "RETURN_VALUE", "RETURN_CONST", "MAKE_FUNCTION", "SET_FUNCTION_ATTRIBUTE", "BUILD_TUPLE", "BUILD_LIST",
    "BUILD_MAP", "BUILD_CONST_KEY_MAP", "LIST_EXTEND", "DICT_UPDATE", "UNARY_NEGATIVE",
})  # fmt: skip
"""Instructions that define functions and constants in no time, and call nothing."""

CHANGEABLE = frozenset({"BUILD_LIST", "BUILD_MAP", "BUILD_CONST_KEY_MAP"})
"""Those that make a constant, or a default, in which one call may leave something for the next."""

LASTING = frozenset({"STORE_ATTR", "DELETE_ATTR", "STORE_GLOBAL", "DELETE_GLOBAL"})
"""Instructions whose effect another call might see."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a harmless statement does.

    Those with equal `digest` do the same. `binds` are the names that it sets, and `values` those that it
    reads for anything but to call them. `imports` and `defines` say that it is an import, or the definition
    of a function, and nothing else. A `stateless` one makes nothing that a call of one of its functions could
    change for the next, and uses nothing in which one could leave something for another.
    """

    digest: bytes
    binds: frozenset[str]
    values: frozenset[str]
    imports: bool
    defines: bool
    stateless: bool


@functools.lru_cache(maxsize=2048)
def sense_of(source: str, provided: frozenset[str]) -> Sense | None:
    """What a top-level statement does; None when that may depend on more than its inputs.

    Args:
        source: the statement.
        provided: the modules of the assignment, which are harmless, and keep nothing from call to call.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
            nodes = list(ast.walk(tree))
            if len(source) > LARGEST or sum(map(_is_doubled, nodes)) > FINALLY:
                return None
            module = compile(tree, "", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
    codes = list(_all_code(module))
    named = [names for node in nodes if (names := _named(node))]
    defining = _instructions(module)
    binds = frozenset(name for statement in tree.body for name in bound_names(statement))
    harmless = (
        defining <= DEFINING
        and not any(LASTING & _instructions(code) for code in codes)
        and all(_harmless_name(name) for code in codes for name in code.co_names)
        and all(_harmless_node(node, provided) for node in nodes)
        and not any(hasattr(builtins, name) for name in binds)
        and sum(map(_seeds, nodes)) == sum(not SEEDING.isdisjoint(names) for names in named)
    )
    if not harmless:
        return None
    called = {node.func for node in nodes if isinstance(node, ast.Call)}
    return Sense(
        digest=hashlib.sha256(b"".join(map(_normal, codes))).digest(),
        binds=binds,
        values=frozenset(_read(node) for node in nodes if node not in called) - {""},
        imports=all(isinstance(statement, ast.Import | ast.ImportFrom) for statement in tree.body),
        defines=len(tree.body) == 1 and isinstance(tree.body[0], ast.FunctionDef),
        stateless=not defining & CHANGEABLE
        and all("random" not in names for names in named)  # a call moves its generator on
        and not any(map(_hides_exhaustion, nodes)),
    )


def _is_doubled(node: ast.AST) -> bool:
    """Whether Python compiles a part of a node twice, as it does what stands after `finally`."""
    return isinstance(node, ast.Try | ast.TryStar) and bool(node.finalbody)


def _all_code(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _all_code(constant)


def _instructions(code: types.CodeType) -> set[str]:
    return {dis.opname[instruction] for instruction in set(code.co_code[::2])}


def _read(node: ast.AST) -> str:
    """The name that a node reads, if it is one."""
    return node.id if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) else ""


def _named(node: ast.AST) -> set[str]:
    """The names in a node, of whatever kind, as Python reads them; some are spelled in several ways."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return {name}
        case ast.Import(names=aliases):
            return {part for alias in aliases for part in alias.name.split(".")}
        case ast.ImportFrom(module=module, names=aliases):
            return {*(module or "").split("."), *(alias.name for alias in aliases)}
        case _:
            return set()


def _seeds(node: ast.AST) -> bool:
    """Whether a node gives a generator a number for a seed."""
    match node:
        case ast.Call(func=func, args=[ast.Constant(value=int())], keywords=[]):
            return bool(_named(func) & SEEDING)
        case _:
            return False


def _harmless_node(node: ast.AST, provided: frozenset[str]) -> bool:
    match node:
        case ast.Attribute(value=ast.Constant(value=str(text)), attr="format"):
            return _reads_no_attribute(text)
        case ast.Attribute(attr=name):
            return name in _attributes()
        case ast.Import(names=aliases):
            return all(alias.name in MODULES | provided for alias in aliases)
        case ast.ImportFrom(module=module, names=aliases):
            names = {alias.name for alias in aliases}  # a star may set builtins, for all parts of a program
            return module in provided or (module in MODULES and names <= _attributes())
        case ast.Call(keywords=keywords):  # NumPy leaves what is not `where` as it found it
            given = {keyword.arg for keyword in keywords}
            return "where" not in given or "out" in given
        case ast.Compare(ops=ops, left=left, comparators=others):
            pairs = zip(ops, (left, *others), others, strict=False)
            return all(
                _single(one) or _single(other)
                for op, one, other in pairs
                if isinstance(op, ast.Is | ast.IsNot)
            )
        case ast.Constant(value=int(number)):
            return number.bit_length() < LARGE
        case ast.Constant(value=str(text)):
            return len(text) > LONG or not ASKING.search(text)
        case ast.Match():  # its patterns read attributes
            return False
        case _:
            return True


def _single(node: ast.expr) -> bool:
    """Whether a node is None, True or False; of other equal values, it depends which are one object."""
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _hides_exhaustion(node: ast.AST) -> bool:
    """Whether a node may go on when there is no stack or memory left: who calls has a part in that."""
    match node:
        case ast.ExceptHandler(type=ast.expr() as caught):
            names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
            return not all(isinstance(name, ast.Name) and name.id in CAUGHT for name in names)
        case ast.ExceptHandler():
            return True
        case ast.Try(finalbody=[_, *_]):
            return any(isinstance(n, ast.Return | ast.Break | ast.Continue) for n in ast.walk(node))
        case _:
            return False


def _reads_no_attribute(text: str) -> bool:
    """Whether no field of a text to be formatted names an attribute or an index."""
    try:
        fields = [(field or "", spec or "") for _, field, spec, _ in string.Formatter().parse(text)]
    except ValueError:
        return False
    return not any(set(field) & set(".[") or "{" in spec for field, spec in fields)


@functools.lru_cache(maxsize=1024)
def _harmless_name(name: str) -> bool:
    """Whether what a name stands for, as a global, a builtin or an attribute, depends on inputs alone."""
    if name == "format":
        return True  # as a builtin; as an attribute, `_harmless_node` looks at it
    if name.startswith("_") or name in NOT_OF_NUMPY or name in OF_NOTEBOOKS:
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
