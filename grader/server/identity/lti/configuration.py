"""Describe the service to a learning system that reads how to set a tool up, as Canvas does."""

from __future__ import annotations

from typing import Any

from grader.server.identity.lti.access import LINE_ITEM, MEMBERS, SCORE

PLACEMENTS = ("assignment_selection", "link_selection")


def addresses(base_url: str) -> dict[str, str]:
    """Return the addresses that are typed into a learning system.

    Args:
        base_url: our address.

    Returns:
        the addresses by what learning systems call them.
    """
    return {
        "Launch or target link URI, and redirect URI": f"{base_url}/lti/launch",
        "Initiate login URL (OpenID Connect)": f"{base_url}/lti/login",
        "Public keyset (JWK) URL": f"{base_url}/lti/keys",
        "Configuration by URL (Canvas)": f"{base_url}/lti/configuration.json",
    }


def configuration(base_url: str, title: str) -> dict[str, Any]:
    """Return the description, in the form of Canvas.

    It is that of https://canvas.instructure.com/doc/api/file.lti_dev_key_config.html.

    Args:
        base_url: our address.
        title: what the course is called.

    Returns:
        the description as JSON.
    """
    launch = f"{base_url}/lti/launch"
    choose = [
        {"placement": one, "message_type": "LtiDeepLinkingRequest", "target_link_uri": launch}
        for one in PLACEMENTS
    ]
    extension = {
        "platform": "canvas.instructure.com",
        "privacy_level": "public",  # names and addresses are sent, so that people are who the roster says
        "settings": {"text": title, "placements": choose},
    }
    return {
        "title": title,
        "description": "Hand in notebooks, and see a second later what is right.",
        "oidc_initiation_url": f"{base_url}/lti/login",
        "target_link_uri": launch,
        "public_jwk_url": f"{base_url}/lti/keys",
        "scopes": [LINE_ITEM, SCORE, MEMBERS],
        "extensions": [extension],
        "custom_fields": {},
    }
