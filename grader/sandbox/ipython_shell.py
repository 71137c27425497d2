"""Replacements for IPython where a notebook's statements run, and which failures only the sandbox causes."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

COMPUTING = ("int", "float", "index", "lt", "le", "gt", "ge", "add", "radd", "sub", "rsub", "mul", "rmul")
"""Operations that need a value."""


class Inert:
    """A dummy for objects that exist in notebooks only, as `get_ipython()`; every operation does nothing."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_: Any, **__: Any) -> Inert:
        """Return itself."""
        return self

    def __getitem__(self, _: Any) -> Inert:
        return self

    def __iter__(self) -> Iterator[Any]:
        return iter(())


def _unknown(*_: Any) -> NoReturn:
    raise OSError("the grader's sandbox runs no shell and no magics, so this has no value")


for _operation in COMPUTING:
    setattr(Inert, f"__{_operation}__", _unknown)


class Shell(Inert):
    """A dummy for the IPython shell that can run code.

    Args:
        run: runs the module of a name in a namespace.
    """

    def __init__(self, run: Callable[[str, dict[str, Any]], None]) -> None:
        self._run = run

    def __call__(self, *_: Any, **__: Any) -> Inert:
        """Return itself: it is `get_ipython` too."""
        return self

    @property
    def user_ns(self) -> dict[str, Any]:
        """The namespace of the notebook."""
        return vars(sys.modules["__main__"])

    def run_cell(self, source: str, *_: Any, **__: Any) -> None:
        """Run code as a cell of the notebook."""
        exec(source, self.user_ns)  # noqa: S102  # the purpose of this process

    ex = run_cell

    def push(self, values: Mapping[str, Any]) -> None:
        """Set names of the notebook."""
        self.user_ns.update(values)

    def run_file(self, namespace: dict[str, Any], inside: bool, words: Sequence[str]) -> None:
        """Run a file that the notebook has written, as `%run` does.

        Args:
            namespace: the namespace of the notebook, which receives the file's names.
            inside: whether the file runs in that namespace (`%run -i`) or in one of its own.
            words: the name of the file, and its command-line arguments.
        """
        sys.argv = [*words]
        module = words[0].removeprefix("./").removesuffix(".py").replace("/", ".")
        space = namespace if inside else {"__name__": "__main__", "__builtins__": namespace["__builtins__"]}
        try:
            self._run(module, space)
        finally:
            namespace.update({name: value for name, value in space.items() if not name.startswith("__")})


def _display(*_: Any, **__: Any) -> None:
    """Do nothing."""


NOTEBOOK = {"display": _display, "get_ipython": Inert(), "exit": _display, "quit": _display}


def is_ours(error: BaseException) -> bool:
    """Return whether a statement may fail in the sandbox only: for lack of a package, a file or a name.

    Any other failure ends its cell, as in Jupyter.
    """
    if isinstance(error, AttributeError):
        return isinstance(error.obj, types.ModuleType)  # another version of the package may have it
    return isinstance(error, ImportError | OSError | NameError | MemoryError | RecursionError) or (
        isinstance(error, RuntimeError) and "thread" in str(error)
    )
