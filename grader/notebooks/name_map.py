"""Map the names of a notebook to those of the assignment, with the order of parameters and results.

A line of a map has the author's name and ours and, where the order differs, both signatures:

    init_params = initialize_parameters
    layer(activation, A, W) -> A, Z  =  linear_activation_forward(A, W, activation) -> A, (Z,)
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.errors import NameMapError

MAX_MAP = 1_000_000
"""The largest name map, in characters."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One line of a map: our name, the author's, and the source that adapts one to the other."""

    ours: str
    theirs: str
    to_ours: str
    to_theirs: str


@dataclass(frozen=True, slots=True)
class NameMap:
    """The aliases of a notebook's author, by our names."""

    aliases: Mapping[str, Alias] = field(default_factory=dict)

    def theirs(self, function: str) -> str:
        """Return the author's name of one of our functions."""
        return self.aliases[function].theirs if function in self.aliases else function

    def also(self, items: Mapping[str, str]) -> NameMap:
        """Return the map with further items, each of which is called as a variable is.

        Args:
            items: item -> the variable of which it is a value.

        Returns:
            the map.
        """
        named = {item: self.theirs(variable) for item, variable in items.items()}
        more = {item: Alias(item, own, f"{item} = {own}", f"{own} = {item}") for item, own in named.items()}
        return NameMap({**more, **self.aliases}) if more else self

    def adapter_to_ours(self, function: str) -> str:
        """Return source that defines our function by calling theirs; empty if nothing is to adapt."""
        return self.aliases[function].to_ours if function in self.aliases else ""

    def adapter_to_theirs(self, function: str) -> str:
        """Return source that defines their function by calling ours; empty if nothing is to adapt."""
        return self.aliases[function].to_theirs if function in self.aliases else ""


NO_NAMES = NameMap()


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a line: a name and, where given, its parameters and result."""

    name: str
    parameters: str
    result: str


def parse_name_map(text: str, functions: Collection[str], origin: str = "the name map") -> NameMap:
    """Parse a name map.

    Args:
        text: one alias a line, `theirs = ours`; empty lines and `#` comments are skipped.
        functions: the graded functions.
        origin: the name of the map in error messages.

    Returns:
        the map.

    Raises:
        NameMapError: a line cannot be parsed, or names no graded function.
    """
    aliases: dict[str, Alias] = {}
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#")[0].strip()
        if not content:
            continue
        where = f"{origin}, line {number}: {content}\n  "
        alias = _alias(content, where)
        if alias.ours not in functions:
            raise NameMapError(
                f"{where}{alias.ours} is not a graded function. There are: {', '.join(functions)}."
            )
        if alias.ours in aliases:
            raise NameMapError(f"{where}{alias.ours} has a line of its own already.")
        if alias.theirs in {other.theirs for other in aliases.values()}:
            raise NameMapError(f"{where}{alias.theirs} stands for another function already.")
        aliases[alias.ours] = alias
    return NameMap(aliases)


def _alias(content: str, where: str) -> Alias:
    sides = content.split("=")
    if len(sides) != 2:
        raise NameMapError(f"{where}Write `theirs = ours`, with one `=`.")
    theirs, ours = (_side(side.strip(), where) for side in sides)
    if bool(theirs.parameters) != bool(ours.parameters):
        raise NameMapError(f"{where}Write the parameters and results on both sides, or on neither.")
    if not theirs.parameters:
        return Alias(ours.name, theirs.name, f"{ours.name} = {theirs.name}", f"{theirs.name} = {ours.name}")
    if theirs.name == ours.name:
        raise NameMapError(
            f"{where}Another order needs another name: the notebook calls {ours.name} its own way."
        )
    for part in ("parameters", "result"):
        if _names(getattr(theirs, part)) != _names(getattr(ours, part)):
            raise NameMapError(f"{where}Both sides have to name the same {part}.")
    alias = Alias(ours.name, theirs.name, _adapter(ours, theirs), _adapter(theirs, ours))
    try:
        compile(alias.to_ours + alias.to_theirs, "<name map>", "exec", dont_inherit=True)
    except SyntaxError as error:
        raise NameMapError(f"{where}A result has to be names, and no name twice ({error.msg}).") from None
    return alias


def _side(text: str, where: str) -> _Side:
    """Parse `name`, or `name(parameters) -> result`."""
    call, _, result = text.partition("->")
    try:
        node = ast.parse(call.strip(), mode="eval").body
        ast.parse(result.strip() or "None", mode="eval")
    except SyntaxError:
        node = None
    match node:
        case ast.Name(id=name) if not result:
            return _Side(name, "", "")
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if result and all(
            isinstance(arg, ast.Name) for arg in args
        ):
            return _Side(name, ", ".join(ast.unparse(arg) for arg in args), result.strip())
        case _:
            raise NameMapError(f"{where}Write `name`, or `name(a, b) -> c, d`, on each side.")


def _names(text: str) -> list[str]:
    return sorted(node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name))


def _adapter(outer: _Side, inner: _Side) -> str:
    """Return source of `outer` in terms of `inner`."""
    return (
        f"def {outer.name}({outer.parameters}):\n"
        f"    {inner.result} = {inner.name}({inner.parameters})\n"
        f"    return {outer.result}\n"
    )


def read_name_map(path: Path) -> str:
    """Return the text of a file that has a name map.

    Raises:
        NameMapError: it cannot be read, is too long, or names nothing.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read(MAX_MAP + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise NameMapError(f"{path}: it cannot be read ({error})\n  Save it as text in UTF-8.") from None
    if len(text) > MAX_MAP:
        raise NameMapError(f"{path}: it is longer than {MAX_MAP:,} characters\n  Name the map alone.")
    if not any(line.split("#")[0].strip() for line in text.splitlines()):
        raise NameMapError(f"{path}: it names nothing\n  Write a line `theirs = ours`, or leave --map out.")
    return text
