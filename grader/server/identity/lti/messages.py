"""Read the messages by which a learning system opens the service for somebody.

They are in https://www.imsglobal.org/spec/lti/v1p3/: the learning system sends a login (`Login`), is asked
who it is about, and answers with a signed launch (`Launch`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Literal
from urllib.parse import urlencode

from grader.errors import SignInError
from grader.server.identity.web_tokens import Claims

Role = Literal["student", "assistant", "instructor"]

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
ROLES: Mapping[str, Role] = {
    f"{MEMBERSHIP}/Instructor#TeachingAssistant": "assistant",
    f"{MEMBERSHIP}/Instructor#TeachingAssistantGroup": "assistant",
    f"{MEMBERSHIP}/Instructor#Grader": "assistant",
    f"{MEMBERSHIP}#Instructor": "instructor",
    f"{MEMBERSHIP}#Learner": "student",
    "Instructor": "instructor",
    "Learner": "student",
}
"""What a role of a learning system is here. Roles in a whole institution are none in this course."""
LONGEST = 255
"""Characters of an identifier, as the standard limits them."""


@dataclass(frozen=True, slots=True)
class Platform:
    """A learning system that may open the service: how it is registered there, and where it answers."""

    issuer: str
    client_id: str
    deployments: frozenset[str]
    login_url: str
    token_url: str
    keys_url: str


@dataclass(frozen=True, slots=True)
class Login:
    """A learning system's announcement that somebody wants in; anybody may send one."""

    issuer: str
    client_id: str
    hints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a course in a learning system."""

    user: str
    role: Role
    name: str = ""
    email: str = ""
    number: str = ""
    """The number by which the university knows the person (`lis_person_sourcedid`), if it is said."""


@dataclass(frozen=True, slots=True)
class Launch:
    """Who was sent from which link of which course, and where marks and the roster are."""

    member: Member
    deployment: str
    context: str
    link: str
    title: str = ""
    assignment: str = ""
    line_item: str = ""
    line_items: str = ""
    scopes: frozenset[str] = frozenset()
    roster: str = ""
    deep_link: Mapping[str, Any] = field(default_factory=dict)
    """The settings of a request to choose an assignment; empty for a launch of a link."""


def login(parameters: Mapping[str, str]) -> Login:
    """Read the first message, from its parameters.

    Args:
        parameters: those of the query or of the form.

    Returns:
        the announcement.

    Raises:
        SignInError: a parameter that must be there is not.
    """
    for name in ("iss", "login_hint"):
        if not 0 < len(parameters.get(name, "")) <= 4 * LONGEST:
            raise SignInError(f"The learning system did not say {name}. Open the assignment there again.")
    hints = {name: parameters[name] for name in ("login_hint", "lti_message_hint") if name in parameters}
    return Login(parameters["iss"], parameters.get("client_id", ""), hints)


def authorization_url(platform: Platform, asked: Login, back: str, state: str, nonce: str) -> str:
    """Return the address at which a platform says who somebody is.

    Args:
        platform: the learning system.
        asked: its first message.
        back: our address to which it posts the launch.
        state: what it must send back beside the launch.
        nonce: what the launch must contain.

    Returns:
        the address with its parameters.
    """
    parameters = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": back,
        "state": state,
        "nonce": nonce,
        **asked.hints,
    }
    joint = "&" if "?" in platform.login_url else "?"
    return platform.login_url + joint + urlencode(parameters)


def launch(claims: Claims, platform: Platform) -> Launch:
    """Read a launch whose signature, issuer, audience, times and nonce are verified.

    Args:
        claims: what the token says.
        platform: the learning system that issued it.

    Returns:
        the launch.

    Raises:
        SignInError: it is no launch of this platform, or is for nobody who has a role in a course.
    """
    kind = claims.get(f"{CLAIM}message_type")
    if kind not in ("LtiResourceLinkRequest", "LtiDeepLinkingRequest"):
        raise SignInError("The message of the learning system is no launch.")
    if claims.get(f"{CLAIM}version") != "1.3.0":
        raise SignInError("The learning system does not speak LTI 1.3.")
    if _text(claims, f"{CLAIM}deployment_id") not in platform.deployments:
        raise SignInError(
            "The learning system sends another deployment id than it was set up with.\n"
            "  An instructor adds it on the page Ways in."
        )
    settings = _object(claims, f"{DEEP_LINKING}deep_linking_settings") if "Deep" in kind else {}
    return Launch(
        member=_launched(claims),
        deployment=_text(claims, f"{CLAIM}deployment_id"),
        context=_identifier(_object(claims, f"{CLAIM}context"), "id"),
        title=_text(_object(claims, f"{CLAIM}context"), "title"),
        link="" if settings else _identifier(_object(claims, f"{CLAIM}resource_link"), "id"),
        assignment=_text(_object(claims, f"{CLAIM}custom"), "assignment"),
        deep_link=settings,
        **_services(claims),
    )


def chosen(launch: Launch, platform: Platform, base_url: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer to a request to choose an assignment.

    Args:
        launch: the request.
        platform: the learning system that sent it.
        base_url: our address.
        item: the line item of the assignment, which has its name and its title.

    Returns:
        the claims, to be signed.
    """
    name = item["resourceId"]
    link = {
        "type": "ltiResourceLink",
        "title": item["label"],
        "url": f"{base_url}/lti/launch",
        "custom": {"assignment": name},
        "window": {"targetName": "_blank"},
        "lineItem": {key: item[key] for key in ("scoreMaximum", "label", "resourceId", "tag")},
    }
    answer = {
        "iss": platform.client_id,
        "aud": platform.issuer,
        "nonce": token_urlsafe(16),
        f"{CLAIM}deployment_id": launch.deployment,
        f"{CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}version": "1.3.0",
        f"{DEEP_LINKING}content_items": [link],
    }
    if "data" in launch.deep_link:
        answer[f"{DEEP_LINKING}data"] = launch.deep_link["data"]
    return answer


def _services(claims: Claims) -> dict[str, Any]:
    """Return where marks go and the roster is."""
    marks, people = _object(claims, AGS), _object(claims, NRPS)
    scopes = marks.get("scope")
    return {
        "line_item": _text(marks, "lineitem", 2000),
        "line_items": _text(marks, "lineitems", 2000),
        "scopes": frozenset(one for one in scopes if isinstance(one, str))
        if isinstance(scopes, list)
        else frozenset(),
        "roster": _text(people, "context_memberships_url", 2000),
    }


def _launched(claims: Claims) -> Member:
    """Return the person of a launch."""
    role = role_of(claims.get(f"{CLAIM}roles"))
    if role is None:
        raise SignInError(
            "The learning system does not say that you are a student or a teacher of this course."
        )
    return Member(
        user=_identifier(claims, "sub"),
        role=role,
        name=_text(claims, "name"),
        email=_text(claims, "email"),
        number=_text(_object(claims, f"{CLAIM}lis"), "person_sourcedid"),
    )


def role_of(roles: object) -> Role | None:
    """Return the role of somebody in a course: an assistant's goes before an instructor's.

    Learning systems send `Instructor` beside `Instructor#TeachingAssistant`.

    Args:
        roles: the list that a learning system sends.

    Returns:
        the role; None if there is none that we know.
    """
    found = (
        {ROLES[one] for one in roles if isinstance(one, str) and one in ROLES}
        if isinstance(roles, list)
        else set()
    )
    order: tuple[Role, ...] = ("assistant", "instructor", "student")
    return next((role for role in order if role in found), None)


def member(entry: object) -> Member | None:
    """Read an entry of a roster.

    Args:
        entry: the decoded JSON.

    Returns:
        the person; None if it is none of this course, or has left it.
    """
    if not isinstance(entry, Mapping) or entry.get("status", "Active") != "Active":
        return None
    role = role_of(entry.get("roles"))
    user = _text(entry, "user_id")
    if role is None or not user:
        return None
    return Member(
        user, role, _text(entry, "name"), _text(entry, "email"), _text(entry, "lis_person_sourcedid")
    )


def _object(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return an object of a message, empty if there is none."""
    value = claims.get(name)
    return value if isinstance(value, Mapping) else {}


def _text(claims: Mapping[str, Any], name: str, longest: int = LONGEST) -> str:
    """Return a text of a message, "" if there is none, cut where it is too long."""
    value = claims.get(name)
    return value[:longest].replace("\0", "") if isinstance(value, str) else ""


def _identifier(claims: Mapping[str, Any], name: str) -> str:
    """Return an identifier, which is there and is not cut."""
    value = claims.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise SignInError(f"The message of the learning system has no {name} that can be used.")
    return value
