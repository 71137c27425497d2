"""Runs notebooks as Jupyter does, each in a process of its own, and then the public tests of functions.

It reads a line of JSON, `{"folder": ..., "notebooks": {name: [source, ...]}, "functions": [...]}`, and
writes one, `{name: [functions that pass]}`. A cell that raises does not keep the others from being run.
"""

from __future__ import annotations

import importlib
import io
import json
import os
import shutil
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType


def passing(sources: list[str], functions: list[str], tests: ModuleType) -> list[str]:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.enable_gui = lambda gui=None: None  # `%matplotlib inline` needs a front end
    for source in sources:
        shell.run_cell(source, store_history=True)
    passed = []
    for function in functions:
        try:
            getattr(tests, f"{function}_test")(shell.user_ns[function])
        except BaseException:  # noqa: BLE001  # a notebook may raise anything
            continue
        passed.append(function)
    return passed


def run_apart(folder: Path, sources: list[str], functions: list[str], tests: ModuleType) -> list[str]:
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            with tempfile.TemporaryDirectory() as place:
                shutil.copytree(folder, place, dirs_exist_ok=True)
                os.chdir(place)
                sys.path.insert(0, place)
                with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                    passed = passing(sources, functions, tests)
            os.write(write, json.dumps(passed).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said or "[]")


def public_tests(folder: str) -> ModuleType:
    """The public tests of a folder, made once for all notebooks, none of which finds this module."""
    sys.path.insert(0, folder)
    tests = importlib.import_module("public_tests")
    sys.path.remove(folder)
    del sys.modules["public_tests"]
    return tests


def main() -> None:
    import numpy as np  # noqa: F401
    from IPython.core import interactiveshell  # noqa: F401

    asked = json.loads(sys.stdin.readline())
    os.environ["IPYTHONDIR"] = tempfile.mkdtemp()
    tests = public_tests(asked["folder"])
    found = {
        name: run_apart(Path(asked["folder"]), sources, asked["functions"], tests)
        for name, sources in asked["notebooks"].items()
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
