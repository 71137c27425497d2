"""Encode JSON files of exported results."""

from __future__ import annotations

import json
from collections.abc import Mapping


def as_json(result: Mapping[str, object]) -> bytes:
    """Return an object as indented UTF-8 that ends in a line feed."""
    return json.dumps(result, ensure_ascii=False, indent=1).encode() + b"\n"
