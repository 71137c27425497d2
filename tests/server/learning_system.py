"""A learning system that is not of our writing: OpenLearning's `lti1p3platform`, with its storage in memory.

It signs launches, grants access tokens, and has a roster and a gradebook, all behind one HTTP transport.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
from joserfc.jwk import RSAKey
from lti1p3platform.exceptions import LineItemNotFoundException, LtiException
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.membership import Context
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.score import UpdateScoreStatus
from lti1p3platform.service_connector import AssignmentsGradesService, NamesRoleProvisioningService

from grader.server.identity.lti.messages import MEMBERSHIP, Platform

HOST = "https://lms.example"
CLIENT = "client-10000000000001"
DEPLOYMENT = "1:abc"
LEARNER, TEACHER, ASSISTANT = (
    [f"{MEMBERSHIP}#Learner"],
    [f"{MEMBERSHIP}#Instructor"],
    [f"{MEMBERSHIP}/Instructor#TeachingAssistant", f"{MEMBERSHIP}#Instructor"],
)
KEY = RSAKey.generate_key(2048)


class Configured(LTI1P3PlatformConfAbstract):
    """The library's platform, with one registered tool."""

    def init_platform_config(self, **settings: Any) -> None:
        # Tests set the clock of the service forward; its own signatures are then of the future.
        self._jwt_verify_options |= {"verify_iat": False, "verify_exp": False}
        self._registration = (
            Registration()
            .set_iss(HOST)
            .set_client_id(CLIENT)
            .set_deployment_id(DEPLOYMENT)
            .set_launch_url(f"{settings['tool']}/lti/launch")
            .set_oidc_login_url(f"{settings['tool']}/lti/login")
            .set_tool_key_set_url("https://set.in.the.test")
            .set_platform_public_key(KEY.as_pem(private=False).decode())
            .set_platform_private_key(KEY.as_pem(private=True).decode())
        )

    def get_registration_by_params(self, **kwargs: Any) -> Registration:
        return self._registration


class FirstMessage(OIDCLoginAbstract):
    """The login that the platform sends to the tool."""

    def set_lti_message_hint(self, **kwargs: Any) -> None:
        self._lti_message_hint = kwargs["hint"]

    def get_redirect(self, url: str) -> str:
        return url


class SecondMessage(LTIAdvantageMessageLaunchAbstract):
    """The launch that the platform posts to the tool, for whom `login_hint` names."""

    system: LearningSystem

    def get_preflight_response(self) -> dict[str, Any]:
        return self._request

    def prepare_launch(self, preflight_response: dict[str, Any], **kwargs: Any) -> None:
        who = self.system.people[preflight_response["login_hint"]]
        self.set_user_data(who["user_id"], who["roles"], who.get("name"), who.get("email"))
        self.set_resource_link_claim("link-1", title="Task")
        self.set_launch_context_claim("course-1", context_title="Deep learning")
        self.set_custom_parameters_claim({"assignment": self.system.assignment})
        self.set_ags(f"{HOST}/items?type_id=1", self.system.line_item)
        self.set_nrps(f"{HOST}/members")
        self.set_extra_claims(self.system.further)

    def render_launch_form(self, launch_data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return launch_data


class Marks(AssignmentsGradesService):
    """The gradebook service, on the lists of a `LearningSystem`."""

    system: LearningSystem

    def find_lineitems(self, **wanted: Any) -> Any:
        keep = [one for one in self.system.items if one["resourceId"] == wanted["resource_id"]]
        return {"content": keep, "has_next": False}

    def find_lineitem(self, line_item_id: str) -> Any:
        return self.system.items[int(line_item_id)]

    def create_lineitem(self, creation_data: Any) -> Any:
        number = len(self.system.items)
        self.system.items.append({**creation_data, "id": f"{HOST}/items/{number}?type_id=1"})
        return self.system.items[-1]

    def update_lineitem(self, update_data: Any) -> Any:
        raise LineItemNotFoundException

    def delete_lineitem(self, line_item_id: str) -> None:
        raise LineItemNotFoundException

    def update_score(self, line_item_id: str, score: Any) -> UpdateScoreStatus:
        if int(line_item_id) >= len(self.system.items):
            raise LineItemNotFoundException
        self.system.scores.append((line_item_id, score))
        return UpdateScoreStatus.SUCCESS

    def get_results(self, line_item_id: str, **wanted: Any) -> Any:
        return {"content": [], "has_next": False}


class People(NamesRoleProvisioningService):
    """The roster service, two people a page."""

    system: LearningSystem

    def get_member_data_page(self, page: Any = 1, limit: Any = 2, **wanted: Any) -> Any:
        everybody = list(self.system.people.values())
        first, size = (int(page) - 1) * int(limit), int(limit)
        return {"content": everybody[first : first + size], "has_next": first + size < len(everybody)}

    def get_context_by_id(self) -> Context:
        return Context("course-1", "DL", "Deep learning")


@dataclass
class LearningSystem:
    """One course: its people, its gradebook, and what the next answers are to be instead."""

    tool: str = "http://testserver"
    assignment: str = ""
    line_item: str | None = None
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    scores: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    further: dict[str, Any] = field(default_factory=dict)
    instead: list[httpx2.Response] = field(default_factory=list)
    requests: list[httpx2.Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.platform = Configured(tool=self.tool)

    @property
    def registered(self) -> Platform:
        """How the service knows it."""
        deployments = frozenset({DEPLOYMENT})
        return Platform(HOST, CLIENT, deployments, f"{HOST}/auth", f"{HOST}/token", f"{HOST}/keys")

    def trust(self, keys: dict[str, Any]) -> None:
        """Register the public keys of the tool."""
        self.platform.get_registration().set_tool_key_set(keys)

    def enrol(self, user: str, roles: list[str], **more: str) -> None:
        """Add somebody to the course."""
        self.people[user] = {"user_id": user, "roles": roles, **more}

    def login(self, user: str) -> dict[str, str]:
        """Return the parameters of the first message about somebody."""
        first = FirstMessage(None, self.platform)
        first.set_lti_message_hint(hint="link-1")
        return dict(parse_qsl(urlsplit(first.initiate_login(user)).query))

    def launch(self, authorization_url: str) -> dict[str, str]:
        """Return the form that is posted for somebody who was sent to the platform with this address."""
        second = SecondMessage(dict(parse_qsl(urlsplit(authorization_url).query)), self.platform)
        second.system = self
        return second.lti_launch()

    def sign(self, claims: dict[str, Any], seconds: int = 300) -> str:
        """Sign any claims with the key of the platform."""
        return self.platform.get_registration().platform_encode_and_sign(dict(claims), expiration=seconds)

    def transport(self) -> httpx2.MockTransport:
        """Return what carries requests to it."""
        return httpx2.MockTransport(self._answer)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        if self.instead and "token" not in request.url.path:
            return self.instead.pop(0)
        if request.url.path == "/keys":
            return httpx2.Response(200, json=self.platform.get_jwks())
        if request.url.path == "/token":
            return self._grant(dict(parse_qsl(request.content.decode())))
        return self._serve(request)

    def _grant(self, form: dict[str, str]) -> httpx2.Response:
        try:
            return httpx2.Response(200, json=dict(self.platform.get_access_token(form)))
        except LtiException:
            return httpx2.Response(400, json={"error": "invalid_client"})

    def _serve(self, request: httpx2.Request) -> httpx2.Response:
        said = {
            "method": request.method,
            "headers": {"Authorization": request.headers.get("authorization", "")},
            "get_data": {key: value for key, value in request.url.params.items() if key != "type_id"},
            "json": httpx2.Response(200, content=request.content).json() if request.content else None,
        }
        match request.url.path.strip("/").split("/"):
            case ["members"]:
                return self._people(said)
            case ["items"] if request.method == "GET":
                marks = self._marks(said)
                found = marks.handle_resp(marks.handle_get_lineitems)
                return httpx2.Response(found.code, json=(found.result or {}).get("content"))
            case ["items"]:
                marks = self._marks(said)
                made = marks.handle_resp(marks.handle_create_lineitem)
                return httpx2.Response(made.code, json=made.result)
            case ["items", number, "scores"]:
                marks = self._marks(said)
                put = marks.handle_resp(marks.handle_update_score, line_item_id=number)
                return httpx2.Response(put.code)
        return httpx2.Response(404)

    def _marks(self, said: dict[str, Any]) -> Marks:
        marks = Marks(Said(said), self.platform, f"{HOST}/items")
        marks.system = self
        return marks

    def _people(self, said: dict[str, Any]) -> httpx2.Response:
        said["get_data"].setdefault("limit", "2")
        said["get_data"]["page"] = int(said["get_data"].get("page", 1))
        people = People(Said(said), self.platform, f"{HOST}/members")
        people.system = self
        answer = people.handle_resp(people.handle_get_members)
        return httpx2.Response(answer.code, json=answer.result)


class Said:
    """A request, as the library reads it."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.__dict__.update(said)
