"""Fetch the key sets that issuers publish, and keep them for an hour."""

from __future__ import annotations

import base64
import json
from threading import Lock

import httpx2
from joserfc.jwk import KeySet

from grader.server.identity.web_tokens import key_set
from grader.server.web_calls import get_object

KEEP = 3600
RETRY = 60
"""Seconds between two requests for a key that an issuer does not have: forged tokens cause no flood."""


class KeySets:
    """The keys of issuers by the address at which they are published.

    An issuer that changes its keys signs with one that is not here: then they are fetched again.
    """

    def __init__(self, web: httpx2.Client) -> None:
        self._web = web
        self._kept: dict[str, tuple[KeySet, float]] = {}
        self._lock = Lock()

    def of(self, url: str, token: str, now: float) -> KeySet:
        """Return the keys of an issuer, fetched again if they lack that of a token.

        Args:
            url: where they are published.
            token: the token to be verified; its header is read, and trusted in nothing.
            now: the time, in seconds since 1970.

        Returns:
            the keys.

        Raises:
            PlatformError: the issuer does not answer.
            SignInError: what it answers is no key set.
        """
        with self._lock:
            kept = self._kept.get(url)
            if kept:
                keys, since = kept
                known = _key_id(token) in {key.kid for key in keys.keys}
                if now - since < (KEEP if known else RETRY):
                    return keys
            keys = key_set(get_object(self._web, url))
            self._kept[url] = (keys, now)
            return keys


def _key_id(token: str) -> object:
    """Return the name of the key by which a token says that it is signed; None if it says nothing."""
    head = token.partition(".")[0][:1000]
    try:
        header = json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    except (ValueError, RecursionError):
        return None
    return header.get("kid") if isinstance(header, dict) else None
