"""What the service is to learning systems: its key, its addresses, and whom it lets in."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

from grader.errors import SignInError
from grader.server.identity import handshakes
from grader.server.identity.arrivals import arrived, issuer_of
from grader.server.identity.handshakes import Handshake
from grader.server.identity.key_sets import KeySets
from grader.server.identity.lti import messages
from grader.server.identity.lti.access import LINE_ITEM, Access
from grader.server.identity.lti.messages import Launch, Login, Platform
from grader.server.identity.web_tokens import Expected, new_key, public_keys, verify
from grader.server.services import Services
from grader.server.store import identities, platforms
from grader.server.store.database import Connection
from grader.server.store.people import Person
from grader.server.store.platforms import Connected, Registered

KEY_FILE = "lti_key.pem"
UNKNOWN = (
    "This learning system is not set up here, or with another client id.\n"
    "  An instructor sets it up on the page Ways in."
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody whom a learning system sent: who it is, to which assignment, and to choose one (`launch`)."""

    person: Person
    assignment: str
    platform: Registered
    launch: Launch


class Tool:
    """The service, as learning systems meet it."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._web = services.web()
        self._keys = KeySets(self._web)

    @cached_property
    def key(self) -> str:
        """Our private key, made at the first use. Processes that make one at a time end with the same."""
        path = self.services.settings.data / KEY_FILE
        if not path.exists():
            _write_new(path, new_key())
        return path.read_text(encoding="ascii")

    @cached_property
    def access(self) -> Access:
        """What calls the services of learning systems."""
        return Access(self._web, self.key)

    def url(self, path: str) -> str:
        """Return an address of ours."""
        return self.services.settings.base_url + path

    def published_keys(self) -> dict[str, object]:
        """Return the public part of our key, which learning systems read."""
        return public_keys(self.key)

    def begin(self, parameters: Mapping[str, str]) -> tuple[str, Handshake]:
        """Answer the first message of a learning system.

        Args:
            parameters: what it says.

        Returns:
            the address to send the browser to, and what the browser keeps meanwhile.

        Raises:
            SignInError: the message makes no sense, or is of nobody we know.
        """
        asked = messages.login(parameters)
        platform = self._known(asked)
        sent = handshakes.begun(
            issuer_of(platform.issuer, platform.client_id), self.services.now().timestamp()
        )
        back = self.url("/lti/launch")
        return (
            messages.authorization_url(told(platform), asked, back, sent.state, sent.nonce),
            sent,
        )

    def _known(self, asked: Login) -> Registered:
        with self.services.database.reading() as connection:
            platform = platforms.of_login(connection, asked.issuer, asked.client_id)
        if platform is None:
            raise SignInError(UNKNOWN)
        return platform

    def finish(self, token: str, sent: Handshake) -> Arrival:
        """Let in whom a learning system sends.

        Args:
            token: the signed launch.
            sent: what this browser kept.

        Returns:
            who it is.

        Raises:
            SignInError: the launch is not accepted; the text says why.
            PlatformError: the learning system does not publish its keys.
        """
        issuer, _, client_id = sent.to.partition(" ")
        platform = self._known(Login(issuer, client_id, {}))
        now = self.services.now()
        keys = self._keys.of(platform.keys_url, token, now.timestamp())
        expected = Expected(platform.issuer, platform.client_id, sent.nonce)
        launch = messages.launch(verify(token, keys, expected, now.timestamp()), told(platform))
        with self.services.database.writing() as connection:
            until = now + timedelta(seconds=2 * handshakes.SECONDS)
            if not identities.spend(connection, sent.nonce, now, until):
                raise SignInError("This launch was used before. Open the assignment there again.")
            course = platforms.course(connection, platform, launch.context, launch.title, launch.roster, now)
        # The course is noted even if nobody of it is let in: an instructor is to see that it asks.
        if course.connected_at is None:
            raise SignInError(_not_connected(launch))
        with self.services.database.writing() as connection:
            person = arrived(connection, sent.to, launch.member, now)
            assignment = self._noted(connection, course, launch)
        return Arrival(person, assignment, platform, launch)

    def _noted(self, connection: Connection, course: Connected, launch: Launch) -> str:
        """Note where the marks of a link go; return the assignment of the link, "" if it has none."""
        if not launch.link:
            return ""
        said = launch.assignment or platforms.assignment_of(connection, course, launch.link)
        if self.services.catalogue.find(said) is None:
            return ""
        columns = {
            "line_item": launch.line_item,
            "line_items": launch.line_items if LINE_ITEM in launch.scopes else "",
        }
        platforms.link(connection, course, launch.link, said, columns)
        return said


def told(platform: Registered) -> Platform:
    """Return a learning system as messages need it."""
    return Platform(
        platform.issuer,
        platform.client_id,
        platform.deployments,
        platform.login_url,
        platform.token_url,
        platform.keys_url,
    )


def _not_connected(launch: Launch) -> str:
    course = launch.title or launch.context
    return (
        f"The course {course} of the learning system is not connected to this service.\n"
        "  Its instructor connects it on the page Ways in."
    )


def _write_new(path: Path, text: str) -> None:
    """Write a file that only its owner reads, if nobody else did meanwhile."""
    with NamedTemporaryFile("w", dir=path.parent, suffix=".part", encoding="ascii") as made:
        made.write(text)
        made.flush()
        with suppress(FileExistsError):
            path.hardlink_to(made.name)
