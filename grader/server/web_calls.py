"""Call learning systems and identity providers over HTTP, with limits on what they may answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2

from grader.errors import PlatformError

SECONDS = 10.0
LARGEST = 2_000_000
"""Bytes of an answer: a page of a roster has a few hundred people."""
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that may be called without TLS: this machine, where nobody else listens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the status, headers in lower case, and the decoded JSON, or None."""

    status: int
    headers: dict[str, str]
    json: Any = None

    @property
    def good(self) -> bool:
        """Whether the status says that it was done."""
        return self.status < httpx2.codes.MULTIPLE_CHOICES


def client(transport: httpx2.BaseTransport | None = None) -> httpx2.Client:
    """Return a client that follows no redirect and waits no longer than some seconds.

    Args:
        transport: what carries requests; None for the network.

    Returns:
        the client.
    """
    return httpx2.Client(
        timeout=SECONDS,
        follow_redirects=False,
        transport=transport,
        headers={"User-Agent": "grader", "Accept-Encoding": "identity"},
    )


def callable_url(url: str) -> str:
    """Return an address that may be called, and be where a browser is sent.

    Args:
        url: the address as an instructor typed it, or another system says it.

    Returns:
        the same address.

    Raises:
        PlatformError: it is no address of the web, or would be called without TLS.
    """
    try:
        parts = urlsplit(url)
    except ValueError as problem:
        raise PlatformError(f"{url[:100]!r} is no address.") from problem
    plain = parts.scheme == "http" and parts.hostname in LOCAL
    if not parts.hostname or parts.username or (parts.scheme != "https" and not plain):
        raise PlatformError(f"{url[:100]!r} is no address that begins with https://")
    return url


def call(web: httpx2.Client, method: str, url: str, **options: Any) -> Answer:
    """Make one request.

    Args:
        web: the client.
        method: GET or POST.
        url: the address.
        options: `headers`, `data`, `json` and so on, as `httpx2.Client.stream` takes them.

    Returns:
        the answer, whatever its status.

    Raises:
        PlatformError: there is none, or it is too large.
    """
    try:
        with web.stream(method, callable_url(url), **options) as response:
            body = _limited(response)
    except httpx2.HTTPError as problem:
        raise PlatformError(
            f"{urlsplit(url).hostname} does not answer ({type(problem).__name__})."
        ) from problem
    return Answer(response.status_code, dict(response.headers), _decoded(body))


def _limited(response: httpx2.Response) -> bytes:
    """Read the body of a response while it is small enough."""
    body = b""
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > LARGEST:
            raise PlatformError(f"{response.url.host} answers with more than {LARGEST:,} bytes.")
    return body


def _decoded(body: bytes) -> Any:
    """Return decoded JSON; None if it is none."""
    import msgspec

    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None


def get_object(web: httpx2.Client, url: str, **options: Any) -> dict[str, Any]:
    """Get a JSON object.

    Args:
        web: the client.
        url: the address.
        options: as `call` takes them.

    Returns:
        the object.

    Raises:
        PlatformError: there is none.
    """
    answer = call(web, "GET", url, **options)
    if not answer.good or not isinstance(answer.json, dict):
        raise PlatformError(f"{urlsplit(url).hostname} answers {answer.status} instead of a JSON object.")
    return answer.json
