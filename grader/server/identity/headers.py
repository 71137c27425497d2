"""Tell browsers what the pages of the service may do: no script but ours, no frame of others, no sniffing."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NEVER = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
PAGE: Mapping[str, str] = {
    **_NEVER,
    "script-src": "'self'",
    "style-src": "'self'",
    "style-src-attr": "'unsafe-inline'",  # widths of bars, numbers of lines
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
REPORT: Mapping[str, str] = {
    **_NEVER,
    "style-src": "'unsafe-inline'",  # a report is one file, with its style in it
    "img-src": "data:",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
    "sandbox": "allow-popups allow-top-navigation-by-user-activation",
}
"""For a whole report, which has what students wrote: no script at all, whatever may be in it."""

_OTHERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # an address of ours tells nothing to another site
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",  # what a person sees stays in no cache of a shared computer
}
YEAR = 31_536_000


def policy(rules: Mapping[str, str], **more: str) -> str:
    """Return the value of a Content-Security-Policy header.

    Args:
        rules: `PAGE` or `REPORT`.
        more: other values of some rules, with `_` instead of `-`.

    Returns:
        the value.
    """
    changed = {**rules, **{name.replace("_", "-"): value for name, value in more.items()}}
    return "; ".join(f"{name} {value}" for name, value in changed.items())


def added(*, secure: bool) -> dict[str, str]:
    """Return the headers of every response.

    Args:
        secure: whether people reach the service by HTTPS alone.

    Returns:
        values by names.
    """
    always = {"content-security-policy": policy(PAGE), **_OTHERS}
    return {**always, "strict-transport-security": f"max-age={YEAR}"} if secure else always


class Headers:
    """Middleware: adds the headers to every response that does not set them itself."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self._added = added(secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, sent)
