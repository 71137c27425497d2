"""Load page templates, which escape and sanitize each text that they print."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from grader.comparison.verdict import Verdict
from grader.reports import wording
from grader.reports.sanitize import harmless
from grader.reports.source_listing import listing

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@functools.cache
def template(name: str) -> Template:
    """Return the template with a file name. Its globals are `badge`, `badges`, `listing` and `words`."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # lazy: commands without pages skip it

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        auto_reload=False,
        finalize=_printed,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.globals.update(
        badge=_badge,
        badges={verdict: _badge(wording.WORDINGS[verdict]) for verdict in Verdict},
        listing=listing,
        words=wording,
    )
    return environment


def _printed(value: object) -> object:
    """Return what a template prints for `value`; every text passes through here."""
    return harmless(value) if type(value) is str else value


def _badge(found: wording.Wording) -> Markup:
    """Return the wording of a verdict as a coloured sign and words; a screen reader skips the sign."""
    return Markup(
        '<span class="verdict {tone}"><span aria-hidden="true">{sign}</span> {words}</span>'
    ).format(**{key: getattr(found, key) for key in ("tone", "sign", "words")})
