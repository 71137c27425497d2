"""Puts the course folders of the project, which stand beside this one, into the distribution."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("assignments", "public_tests", "solutions", "testcases")


class CourseFolders(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the folders: to a wheel inside its package, to a source distribution as they stand."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Tell hatchling where the folders are; in a source distribution they are here."""
        here = Path(self.root)
        source = here if (here / "solutions").is_dir() else here.parent
        inside = "grader_course/" if self.target_name == "wheel" else ""
        for folder in FOLDERS:
            build_data["force_include"][str(source / folder)] = f"{inside}{folder}"
