"""Hand a notebook in at a grading service, and show what comes back. Needs Python alone."""

from __future__ import annotations

import contextlib
import getpass
import http.client
import json
import os
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

TRIES = 5
"""How often to send when the service cannot be reached or says to wait. It stores the same bytes once."""

LONGEST_WAIT = 60.0
SECONDS = 60
"""For one request."""
MOST = 64 << 20
"""Bytes that are read of an answer."""
VARIABLE = "GRADER_TOKEN"
"""The environment variable that may have the token."""

LOOK = "Type the address as your browser shows it on a page of the service."
ELSEWHERE = "The service is at another address, or it is none of grader."

Tell = Callable[[str], object]
Ask = Callable[[str], str]


class Reply(NamedTuple):
    """What the service answers; status 0 if it cannot be reached, and whether it may be soon."""

    status: int
    content: bytes
    retry_after: float = 0.0
    is_final: bool = False

    @property
    def message(self) -> dict[str, Any]:
        """Return the JSON object that it has; a problem if it has none."""
        with contextlib.suppress(ValueError):
            said = json.loads(self.content)
            if isinstance(said, dict):
                return said
        return {"status": self.status, "title": ELSEWHERE, "detail": LOOK}


class Ended(NamedTuple):
    """How it ended: the exit status of `grader submit`, and the last message of the service."""

    status: int
    message: dict[str, Any]


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: a token is for one host."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Return nothing to follow."""


class Service:
    """A service at an address, and the token by which it knows for whom is asked."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address
        self.token = token
        self._opener = urllib.request.build_opener(_NoRedirects)

    def ask(self, path: str, body: bytes | None = None, accept: str = "application/json") -> Reply:
        """Return what is answered; POST if there is a body.

        Args:
            path: below the interface.
            body: what is sent.
            accept: the media type that is wanted.

        Returns:
            the reply; of status 0 if there is none.
        """
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": accept,
            "Content-Type": "application/octet-stream",
        }
        request = urllib.request.Request(f"{self.address}/api/v1{path}", body, headers)  # noqa: S310  # see `place_of`
        try:
            with self._opener.open(request, timeout=SECONDS) as answer:
                return Reply(answer.status, answer.read(MOST))
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.read(MOST), _seconds(error.headers.get("Retry-After", "")))
        except (OSError, http.client.HTTPException) as error:
            why = getattr(error, "reason", error)
            said = {"title": f"{self.address} cannot be reached: {why}.", "detail": f"Are you online? {LOOK}"}
            is_final = isinstance(why, (socket.gaierror, ssl.SSLError))  # a name or a scheme that is wrong
            return Reply(0, json.dumps(said).encode(), is_final=is_final)

    def ask_again(self, path: str, body: bytes | None, tell: Tell) -> Reply:
        """Return what is answered; ask again while the service is away or says to wait.

        Args:
            path: below the interface.
            body: what is sent.
            tell: what is told of each wait.

        Returns:
            the reply.
        """
        for attempt in range(TRIES):
            reply = self.ask(path, body)
            if reply.status not in {0, 429, 503} or reply.is_final or attempt == TRIES - 1:
                break
            seconds = min(max(reply.retry_after, 2.0**attempt), LONGEST_WAIT)
            tell(f"{_visible(reply.message['title'])} Trying again in {seconds:.0f} s.")
            time.sleep(seconds)
        return reply


def _seconds(text: str) -> float:
    return float(text) if text.isdecimal() and len(text) < 6 else 0.0


def place_of(address: str) -> tuple[str, str]:
    """Return the address of a service, and the assignment, from what somebody copied.

    Args:
        address: of the service, or of the page of an assignment.

    Returns:
        the address without a path, empty if it is none; and the name of the assignment, or nothing.
    """
    with contextlib.suppress(ValueError):
        parts = urllib.parse.urlsplit(address.strip())
        if parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc:
            _, *path = parts.path.split("/")
            name = path[1] if path[:1] == ["assignments"] and len(path) > 1 else ""
            return f"{parts.scheme}://{parts.netloc}", name
    return "", ""


def hand_in(
    address: str, notebook: str, assignment: str = "", wait: float = 120.0, tell: Tell = print,
    ask: Ask | None = getpass.getpass, warn: Tell | None = None,
) -> Ended:  # fmt: skip
    """Hand a notebook in, and tell the receipt and the feedback.

    Args:
        address: the service, or its page of the assignment.
        notebook: the file; the only notebook of the folder if there is none of that name.
        assignment: its name; by default the service recognises it.
        wait: seconds to wait for the feedback.
        tell: shows a line, or several: the receipt and the feedback.
        ask: asks for a token if none is known; None if nobody can answer.
        warn: shows what is wrong, and what is waited for; by default `tell`.

    Returns:
        how it ended.
    """
    warn = warn or tell
    service, named = place_of(address)
    if not service:
        return _ended(2, f"{address} is no address of a service.", f"It begins with https://. {LOOK}", warn)
    path = _there(notebook)
    try:
        content = path.read_bytes()
    except OSError as error:
        return _ended(2, f"{path}: {error.strerror}.", "Save the notebook, and name its file.", warn)
    name = assignment or named
    to = f"/assignments/{urllib.parse.quote(name, safe='')}" if name else ""
    query = urllib.parse.urlencode({"file": path.name}, errors="replace")
    known, reply = _sent(service, f"{to}/submissions?{query}", content, warn, ask)
    if reply.status not in {200, 201}:
        is_refused = 400 <= reply.status < 500 and reply.status not in {401, 404}
        return _ended(1 if is_refused else 2, *_problem(service, name, reply), warn)
    receipt = reply.message
    _tell_receipt(receipt, tell, again=reply.status == 200)
    return _followed(known, receipt, wait, tell, warn)


def _problem(service: str, assignment: str, reply: Reply) -> tuple[str, str]:
    """Return what is wrong, and what to do where somebody typed a command or runs a cell."""
    said = reply.message
    title, detail = str(said.get("title", "")), str(said.get("detail", ""))
    if reply.status == 401:
        return title, _make_one(service)
    if reply.status == 404 and assignment:
        return f"There is no assignment {assignment} there, or not for you.", LOOK
    return title, detail


def _sent(service: str, path: str, content: bytes, tell: Tell, ask: Ask | None) -> tuple[Service, Reply]:
    """Send a notebook with the token that is known, or else with one that is asked for."""
    kept = os.environ.get(VARIABLE, "") or _kept().get(service, "")
    known = Service(service, _plain(kept))
    reply = known.ask_again(path, content, tell) if kept else Reply(401, _no_token(service))
    if reply.status == 401 and ask and not os.environ.get(VARIABLE):
        tell(f"Make a token at {service}/tokens, and paste it here.")
        known = Service(service, _plain(ask("Token: ")))
        reply = known.ask_again(path, content, tell)
        if reply.status in {200, 201}:
            _keep(service, known.token)
    return known, reply


def _no_token(service: str) -> bytes:
    return json.dumps({"title": "There is no token.", "detail": _make_one(service)}).encode()


def _make_one(service: str) -> str:
    return f"Make one at {service}/tokens, and set {VARIABLE} to it."


def _plain(token: str) -> str:
    """Return a token without what a header cannot have."""
    return "".join(token.split()).encode("ascii", "ignore").decode()


def _there(notebook: str) -> Path:
    """Return the file of a notebook; if there is none of that name, the only one beside it."""
    path = Path(notebook).expanduser()
    others = [] if path.exists() else sorted(path.parent.glob("*.ipynb"))
    return others[0] if len(others) == 1 else path


def _tell_receipt(receipt: dict[str, Any], tell: Tell, *, again: bool) -> None:
    at = str(receipt["received_at"])[:19].replace("T", " ")
    same = "It is the same file as before, " if again else "Received "
    tell(_visible(f"{same}as attempt {receipt['attempt']} of {receipt['assignment']}, at {at} UTC."))
    tell(_visible(f"  {receipt['file']}, {receipt['size']:,} bytes, SHA-256 {receipt['sha256']}"))


def _followed(service: Service, receipt: dict[str, Any], wait: float, tell: Tell, warn: Tell) -> Ended:
    """Wait for the feedback, and tell it."""
    until = time.monotonic() + wait
    path = f"/submissions/{receipt['id']}"
    outcome, before = {**receipt, "status": "waiting"}, -1
    while outcome.get("status") == "waiting" and time.monotonic() < until:
        if outcome["before"] != before and (before := outcome["before"]):
            warn(f"  {before} before it.")
        time.sleep(min(max(float(outcome["retry_after"]), 0.2), LONGEST_WAIT))
        reply = service.ask_again(path, None, warn)
        if reply.status != 200:
            break
        outcome = reply.message
    if outcome["status"] == "waiting":
        tell("It is stored, and not graded yet.")
    else:
        feedback = service.ask(f"{path}/feedback", accept="text/plain")
        tell(_visible(feedback.content.decode("utf-8", "replace")) if feedback.status == 200 else "")
    tell(_visible(f"Your page: {receipt['address']}"))
    return Ended(0 if outcome["status"] in {"waiting", "graded"} else 1, outcome)


def _ended(status: int, title: str, detail: str, tell: Tell) -> Ended:
    tell(_visible(f"{title}\n  {detail}" if detail else title))
    return Ended(status, {"status": status, "title": title, "detail": detail})


def _visible(text: str) -> str:
    """Return a text without what a terminal would obey."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "�" for sign in text)


def _tokens() -> Path:
    folder = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(folder) / "grader" / "tokens.json"


def _kept() -> dict[str, str]:
    """Return the tokens that were accepted before, by the addresses of their services."""
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        said = json.loads(_tokens().read_text(encoding="utf-8"))
        if isinstance(said, dict):
            return {key: value for key, value in said.items() if isinstance(value, str)}
    return {}


def _keep(service: str, token: str) -> None:
    """Keep a token for the next time, where nobody else may read it; without a home it is not kept."""
    with contextlib.suppress(OSError, RuntimeError):
        path = _tokens()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.{os.getpid()}")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600, exist_ok=False)
        new.write_text(json.dumps({**_kept(), service: token}), encoding="utf-8")
        new.replace(path)
