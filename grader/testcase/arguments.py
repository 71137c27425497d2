"""Check the arguments of the decorators of a file of test cases."""

from __future__ import annotations

import math
import re
from numbers import Integral, Real
from typing import Any

NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)?")
"""The name of a function, class or variable, or of a method of a class."""


def check_points(points: Any) -> None:
    check_number("points", points)
    if not 0 < points < math.inf:
        raise ValueError(f"points={points!r}: let them be a number greater than 0")


def check_name(name: Any, what: str, form: re.Pattern[str] = re.compile(r"\S.*")) -> None:
    if not isinstance(name, str):
        raise TypeError(f"{what}{name!r}: let it be a text")
    if not form.fullmatch(name):
        raise ValueError(f"{what}{name!r}: let it be a name")


def check_grade_id(grade_id: Any) -> None:
    if grade_id is not None and not (isinstance(grade_id, str) and grade_id):
        raise TypeError(f"grade_id={grade_id!r}: let it be the nbgrader id of a cell, a text")


def exceptions(raises: Any) -> tuple[type[Exception], ...]:
    listed = (raises,) if isinstance(raises, type) else tuple(raises)
    for one in listed:
        if not (isinstance(one, type) and issubclass(one, Exception)):
            raise TypeError(f"raises={one!r}: let it be an exception, raises=ValueError")
    return listed


def forbidden(forbid: Any) -> tuple[str, ...]:
    listed = (forbid,) if isinstance(forbid, str) else tuple(forbid)
    for one in listed:
        if not isinstance(one, str):
            raise TypeError(f'forbid={one!r}: let it be a text, forbid=["for", "np.dot"]')
        if not re.fullmatch(r"[^\W\d]\w*(\.[^\W\d]\w*)*", one):
            raise ValueError(f"forbid={one!r}: let it be a keyword, or a name such as np.dot")
    return listed


def check_public(public: Any, least: int) -> None:
    if isinstance(public, bool) or not isinstance(public, Integral):
        raise TypeError(f"public={public!r}: let it be a whole number, public=2")
    if public < least:
        raise ValueError(
            f"public={public!r}: let it be at least {least}, so that students have a public test"
        )


def check_tolerance(name: str, tolerance: Any) -> None:
    check_number(name, tolerance)
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"{name}={tolerance!r}: let it be 0 or a number greater than 0")


def check_number(name: str, value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}={value!r}: let it be a number")
