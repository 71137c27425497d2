"""norm earns nothing (timed_out): a search that doubles with every letter."""

import re


def norm(A):
    return re.match(r"(a+)+$", "a" * 50 + "b")
