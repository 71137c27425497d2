"""Call the services of a learning system, with the access tokens that it grants for our key."""

from __future__ import annotations

from threading import Lock
from typing import Any

import httpx2

from grader.errors import PlatformError
from grader.server.identity.lti.messages import Platform
from grader.server.identity.web_tokens import sign
from grader.server.web_calls import Answer, call

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
LINE_ITEM = "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
MEMBERS = "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EARLY = 60
"""Seconds before its end at which a token is not used any more."""
LONGEST = 3600.0


class Access:
    """Makes calls in the name of our private key, and keeps access tokens while they are valid."""

    def __init__(self, web: httpx2.Client, key: str) -> None:
        self._web = web
        self._key = key
        self._kept: dict[tuple[str, str, str], tuple[str, float]] = {}
        self._lock = Lock()

    def call(
        self, platform: Platform, scope: str, method: str, url: str, now: float, **options: Any
    ) -> Answer:
        """Make one request, and a second one with a new token if the first was refused.

        Args:
            platform: the learning system.
            scope: what the request needs to be allowed.
            method: GET or POST.
            url: the address.
            now: the time, in seconds since 1970.
            options: `headers`, `content` and so on.

        Returns:
            the answer, whatever its status.

        Raises:
            PlatformError: there is no answer, or no token.
        """
        headers = options.pop("headers", {})
        for fresh in (False, True):
            token = self._token(platform, scope, now, fresh)
            bearer = {**headers, "Authorization": f"Bearer {token}"}
            answer = call(self._web, method, url, headers=bearer, **options)
            if answer.status != httpx2.codes.UNAUTHORIZED:
                break
        return answer

    def _token(self, platform: Platform, scope: str, now: float, fresh: bool) -> str:
        """Return a token for a scope."""
        place = (platform.token_url, platform.client_id, scope)
        with self._lock:
            kept = self._kept.get(place)
            if kept and not fresh and now < kept[1] - EARLY:
                return kept[0]
            token, seconds = self._granted(platform, scope, now)
            self._kept[place] = (token, now + seconds)
            return token

    def _granted(self, platform: Platform, scope: str, now: float) -> tuple[str, float]:
        """Ask a learning system for a token."""
        whose = {"iss": platform.client_id, "sub": platform.client_id, "aud": platform.token_url}
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION,
            "client_assertion": sign(whose, self._key, now),
            "scope": scope,
        }
        answer = call(self._web, "POST", platform.token_url, data=form)
        granted = answer.json if isinstance(answer.json, dict) else {}
        token, seconds = granted.get("access_token"), granted.get("expires_in", LONGEST)
        if not answer.good or not isinstance(token, str) or not isinstance(seconds, int | float):
            raise PlatformError(
                f"{platform.issuer} grants no access to its grades or members (status {answer.status}).\n"
                "  Check there that the services are enabled for this tool, and its key set address."
            )
        return token, min(float(seconds), LONGEST)
