"""Import the modules that an assignment provides, or that a submission writes, in a worker process."""

from __future__ import annotations

import functools
import importlib
import os
import sys
import types
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from grader.sandbox.compilation import Written, compiled
from grader.sandbox.module_state import ModuleState


def _here() -> str:
    try:
        return os.getcwd()  # noqa: PTH109  # a child calls this for each module, and a Path takes ten times as long
    except OSError:
        return "."


class Provided:
    """A meta path finder and loader of the modules that the submission writes or the assignment provides.

    It derives from no class of `importlib.abc`, which would take the warm process 5 ms to import. `names` are
    those of provided modules that Python had not imported before: what stands under one later is unloaded.
    """

    def __init__(self, modules: Mapping[str, str]) -> None:
        self.modules = modules
        self.names = frozenset(name for name in modules if name not in sys.modules)
        self.written: dict[str, list[Written]] = {}
        self.states: dict[str, ModuleState] = {}

    def write(self, file: Written) -> None:
        """Write a module or append to it. One that is imported stays as it is until it is reloaded."""
        self.written[file.module] = [*(self.written.get(file.module, ()) if file.appended else ()), file]

    def forget(self) -> None:
        """Forget written modules, and unload all modules that were loaded from here."""
        if self.written:
            self.unload()
            self.written.clear()

    def renew(self) -> bool:
        """Unload all modules that were loaded from here, if one was changed since; return whether it was.

        They share what they import of each other, so all are imported afresh.
        """
        changed = any(state.changed() for state in self.states.values())
        if changed:
            self.unload()
        return changed

    def unload(self) -> None:
        """Unload all modules that were loaded from here, and whatever was put in the place of one."""
        ours = [
            name
            for name, module in [*sys.modules.items()]
            if name in self.names or getattr(module, "__loader__", None) is self
        ]
        for name in ours:
            sys.modules.pop(name, None)
        self.states.clear()

    @functools.cache  # noqa: B019  # there are few in a process
    def _compiled(self, name: str) -> types.CodeType:
        return compiled(self.modules.get(name, ""), 1, f"<{name}>", 0)

    def _file(self, fullname: str) -> str | None:
        """Return the written module of a name; a notebook may import it from its folder."""
        if fullname in self.written:
            return fullname
        return next((name for name in self.written if name.rpartition(".")[2] == fullname), None)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        """Return the spec of a module that is provided or written.

        Args:
            fullname: the dotted name of the module.
            path: the folders of its package, which do not matter.
            target: a module that is reloaded, which does not matter.

        Returns:
            the spec, or None for any other module.
        """
        package = any(name.startswith(f"{fullname}.") for name in (*self.written, *self.modules))
        if fullname not in self.modules and self._file(fullname) is None and not package:
            return None
        place = "/".join((_here(), *fullname.split(".")))
        file = f"{place}/__init__.py" if package else f"{place}.py"
        loader: Any = self
        spec = ModuleSpec(fullname, loader, origin=file, is_package=package)
        spec.has_location = True  # a module finds its data files beside `__file__`
        if package:
            spec.submodule_search_locations = [place]
        return spec

    def create_module(self, spec: ModuleSpec) -> None:  # importlib asks for it
        """Leave it to importlib to make a module."""

    def get_data(self, path: str) -> bytes:
        """Return the bytes of a data file in a package, for `pkgutil`."""
        return Path(path).read_bytes()

    def get_resource_reader(self, fullname: str) -> Any:
        """Return the reader of the data files in a package, for `importlib.resources`."""
        readers = importlib.import_module("importlib.readers")
        return readers.FileReader(types.SimpleNamespace(path=sys.modules[fullname].__file__))

    def exec_module(self, module: types.ModuleType) -> None:
        """Run a module that is imported for the first time."""
        name = module.__name__
        self.run(name, module.__dict__)
        self.states[name] = ModuleState(module.__dict__)

    def run(self, name: str, namespace: dict[str, Any]) -> None:
        """Run a module in a namespace; a package that only contains others has no code.

        Args:
            name: the dotted name of the module.
            namespace: where its names are bound.
        """
        if file := self._file(name):
            codes = [compiled(f.text, f.line, f"<cell {f.cell}>", 0) for f in self.written[file]]
        else:
            codes = [self._compiled(name)]
        for code in codes:
            exec(code, namespace)  # noqa: S102
