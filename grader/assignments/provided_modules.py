"""Name the modules that an assignment hands out, packages included, and read their sources."""

from __future__ import annotations

import ast
import keyword
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from grader.errors import AssignmentError

RESERVED = "public_tests"
"""The module that `grader release` writes."""


def named_modules(folder: Path, paths: Iterable[Path], read: Callable[[Path], str]) -> dict[str, str]:
    """Return the source of each module by the name that notebooks import it by.

    Args:
        folder: the folder of provided modules.
        paths: the modules in it; those in folders belong to packages.
        read: returns the text of a file.

    Returns:
        name -> source; of a package, that of its `__init__.py`.

    Raises:
        AssignmentError: two files have the same name, a name cannot be imported, or a file does not parse.
    """
    found: dict[str, Path] = {}
    for path in paths:
        parts = path.relative_to(folder).with_suffix("").parts
        if len(parts) > 1:
            _check_names(path, parts)
        if parts[0] == RESERVED:
            raise AssignmentError(
                f"{path}: `grader release` writes a module of the name {RESERVED}\n"
                f"  Give {'its folder' if len(parts) > 1 else 'it'} another name."
            )
        if parts == ("__init__",):
            raise AssignmentError(
                f"{path}: notebooks stand beside it, so it makes no package\n"
                "  Move it, with the modules that belong to it, into a folder named after the package."
            )
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        if name in found:
            raise AssignmentError(f"{path}: {found[name]} is {name} too\n  Give one of them another name.")
        found[name] = path
    for name, path in found.items():
        below = next((other for other in found if other.startswith(f"{name}.")), None)
        if below and path.name != "__init__.py":
            raise AssignmentError(
                f"{path}: the folder of {found[below]} has the same name, so that only one can be imported\n"
                f"  Give one of them another name, or move the module to {path.with_suffix('')}/__init__.py."
            )
    return {name: _parsed(path, read(path)) for name, path in found.items()}


def _parsed(path: Path, text: str) -> str:
    """Return the text of a module; raise an error if it does not parse."""
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        reason = error.msg if isinstance(error, SyntaxError) else error
        raise AssignmentError(f"{path}{line}: it does not parse: {reason}\n  Mend it.") from None
    return text


def _check_names(path: Path, parts: Sequence[str]) -> None:
    """Raise an error if a module in a package cannot be imported by its name."""
    for part in parts:
        if not part.isidentifier() or keyword.iskeyword(part):
            raise AssignmentError(
                f"{path}: no notebook can import it, as {part} is no name in Python\n"
                f"  Rename {part}, or keep files that are no modules in another folder."
            )


def with_aliases(
    modules: Mapping[str, str], aliases: Mapping[str, Sequence[str]], testcases: Path, folder: Path
) -> dict[str, str]:
    """Add modules under their names in other editions; a package brings the modules in it.

    Args:
        modules: the modules by their names.
        aliases: the other names of some.
        testcases: the file that declares them.
        folder: the folder of the modules.

    Returns:
        the modules by all names.

    Raises:
        AssignmentError: there is no module of a name.
    """
    found = dict(modules)
    for module, others in aliases.items():
        own = {name: text for name, text in modules.items() if f"{name}.".startswith(f"{module}.")}
        if not own:
            raise AssignmentError(
                f"{testcases}: ALIASES names {module}, which solutions/{folder.name}/ does not have\n"
                f"  There is: {', '.join(modules) or 'no module'}."
            )
        for other in others:
            found |= {f"{other}{name.removeprefix(module)}": text for name, text in own.items()}
    return found
