"""Load page templates, which escape and sanitize each text that they print."""

from __future__ import annotations

import functools
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from grader.comparison.verdict import Verdict
from grader.reports import wording
from grader.reports.sanitize import harmless
from grader.reports.source_listing import listing, plain_listing

if TYPE_CHECKING:
    from jinja2 import BytecodeCache, Environment, Template
    from jinja2.bccache import Bucket


TEMPLATES = Path(__file__).parent / "templates"
_GAPS = re.compile(r"\s+")
_SPACE = re.compile(r" ?([{};,]) ?|(?<=:) ")


@functools.cache
def template(name: str) -> Template:
    """Return the template with a file name. Its globals are set below."""
    return environment().get_template(name)


@functools.cache
def environment(*folders: Path) -> Environment:
    """Return the environment of the templates, with those of further folders, which come first."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # lazy: commands without pages skip it

    environment = Environment(
        loader=FileSystemLoader([*folders, TEMPLATES]),
        autoescape=True,
        auto_reload=False,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        bytecode_cache=_compiled(),
    )
    environment.globals.update(
        badge=_badge,
        badges={verdict: _badge(wording.WORDINGS[verdict]) for verdict in Verdict},
        listing=listing,
        plain_listing=plain_listing,
        prose=prose,
        style=style,
        words=wording,
    )
    return environment


def _compiled() -> BytecodeCache | None:
    """Return where compiled templates are kept: beside them, as Python does, if that can be written.

    To compile those of a results folder takes 0.13 s, which each process of a grading would do again.
    """
    from jinja2 import FileSystemBytecodeCache

    class Kept(FileSystemBytecodeCache):
        def dump_bytecode(self, bucket: Bucket) -> None:
            with suppress(OSError):  # a full disk
                super().dump_bytecode(bucket)

    folder = TEMPLATES / "__pycache__"
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return Kept(str(folder)) if os.access(folder, os.W_OK) else None


@functools.cache
def style(name: str, folder: Path = TEMPLATES) -> Markup:
    """Return a style sheet without the white space that only its authors need: each page has a copy.

    Args:
        name: its file name.
        folder: the folder that it is in.

    Returns:
        the sheet.
    """
    text = (folder / name).read_text(encoding="utf-8")
    return Markup(_SPACE.sub(r"\1", _GAPS.sub(" ", text).strip()))  # noqa: S704  # ours


def _printed(value: object) -> object:
    """Return what a template prints for `value`; every text passes through here."""
    return harmless(value) if type(value) is str else value


def prose(text: str) -> Markup:
    """Return a text of ours as HTML: what stands between backticks is code, and all of it is escaped."""
    parts = escape(harmless(text)).split("`")
    if len(parts) % 2 == 0:  # one of them stands alone
        return Markup("`").join(parts)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if i % 2 else part for i, part in enumerate(parts)
    )


def _badge(found: wording.Wording) -> Markup:
    """Return the wording of a verdict as a coloured sign and words; a screen reader skips the sign."""
    return Markup(
        '<span class="verdict {tone}"><span aria-hidden="true">{sign}</span> {words}</span>'
    ).format(**{key: getattr(found, key) for key in ("tone", "sign", "words")})
