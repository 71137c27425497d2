"""Import the modules that an assignment provides, or that a submission writes, in a worker process."""

from __future__ import annotations

import importlib.abc
import importlib.util
import sys
import types
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from typing import Any

from grader.sandbox.compilation import Written, compiled


class Provided(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """A meta path finder and loader of the modules that the submission writes or the assignment provides."""

    def __init__(self, modules: Mapping[str, str]) -> None:
        self.modules = modules
        self.written: dict[str, list[Written]] = {}

    def write(self, file: Written) -> None:
        """Write a module or append to it. One that is imported stays as it is until it is reloaded."""
        self.written[file.module] = [*(self.written.get(file.module, ()) if file.appended else ()), file]

    def forget(self) -> None:
        """Forget written modules, and unload all modules that were loaded from here."""
        if self.written:
            for name in [
                n for n, module in sys.modules.items() if getattr(module, "__loader__", None) is self
            ]:
                del sys.modules[name]
            self.written.clear()

    def _file(self, fullname: str) -> str | None:
        """Return the written module of a name; a notebook may import it from its folder."""
        if fullname in self.written:
            return fullname
        return next((name for name in self.written if name.rpartition(".")[2] == fullname), None)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the spec of a module that is provided or written, or None for any other."""
        package = any(name.startswith(f"{fullname}.") for name in self.written)
        if fullname not in self.modules and self._file(fullname) is None and not package:
            return None
        return importlib.util.spec_from_loader(fullname, self, origin="provided", is_package=package)

    def exec_module(self, module: types.ModuleType) -> None:
        """Run a module that is imported for the first time."""
        self.run(module.__name__, module.__dict__)

    def run(self, name: str, namespace: dict[str, Any]) -> None:
        """Run a module in a namespace; a package that only contains others has no code."""
        if file := self._file(name):
            codes = [compiled(f.text, f.line, f"<cell {f.cell}>", 0) for f in self.written[file]]
        else:
            codes = [compiled(self.modules.get(name, ""), 1, f"<{name}>", 0)]
        for code in codes:
            exec(code, namespace)  # noqa: S102
