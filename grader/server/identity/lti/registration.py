"""Read how a learning system is set up from what an instructor types or copies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from grader.errors import PlatformError, RefusedError
from grader.server.web_calls import callable_url

URLS = ("login_url", "token_url", "keys_url")
FIELDS = ("kind", "name", "issuer", "client_id", "deployments", *URLS)
"""The fields of the form."""

LONGEST = 1000
_APART = re.compile(r"[\s,]+")

CANVAS = {
    "issuer": "https://canvas.instructure.com",
    "login_url": "https://sso.canvaslms.com/api/lti/authorize_redirect",
    "token_url": "https://sso.canvaslms.com/login/oauth2/token",
    "keys_url": "https://sso.canvaslms.com/api/lti/security/jwks",
}
"""The same for every school whose Canvas its maker hosts."""

MOODLE = {
    "login_url": "/mod/lti/auth.php",
    "token_url": "/mod/lti/token.php",
    "keys_url": "/mod/lti/certs.php",
}
"""Below the address of a Moodle."""


def registration(fields: Mapping[str, str]) -> dict[str, Any]:
    """Return a learning system as it is stored, with what all of its kind have filled in.

    Args:
        fields: `kind` (canvas, moodle or other), `name`, `issuer`, `client_id`, `deployments`, and the three
            addresses, of which those that follow from the kind may be empty.

    Returns:
        the columns of its row.

    Raises:
        RefusedError: something is missing, or no address.
    """
    said = {name: fields.get(name, "").strip()[:LONGEST] for name in ("issuer", "client_id", "name", *URLS)}
    usual = _usual(fields.get("kind", ""), said["issuer"])
    filled = {name: said[name] or value for name, value in usual.items()}
    row: dict[str, Any] = {**said, **filled, "deployments": _deployments(fields.get("deployments", ""))}
    for name, words in (("issuer", "its address (issuer)"), ("client_id", "the client id")):
        if not row[name]:
            raise RefusedError(422, f"Type {words} of the learning system.\n  It shows it beside the tool.")
    if not row["deployments"]:
        raise RefusedError(422, "Type the deployment id of the tool.\n  The learning system shows it.")
    for name in ("issuer", *URLS):
        try:
            callable_url(row[name])
        except PlatformError as problem:
            raise RefusedError(422, f"{problem}\n  Copy the address from the learning system.") from None
    return {**row, "name": row["name"] or row["issuer"]}


def _usual(kind: str, issuer: str) -> Mapping[str, str]:
    """Return what all learning systems of a kind have."""
    if kind == "canvas":
        return CANVAS
    if kind == "moodle":
        return {name: issuer.rstrip("/") + path for name, path in MOODLE.items()}
    return {}


def _deployments(text: str) -> list[str]:
    """Return the deployment ids in a text, which are apart by spaces or commas."""
    return sorted({one for one in _APART.split(text[:LONGEST]) if one})
