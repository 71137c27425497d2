"""The assertions of `nose.tools`, which older tests import and no current Python can install."""

from __future__ import annotations

TOOLS = """
import re, unittest

class _Case(unittest.TestCase):
    maxDiff = None

    def runTest(self):
        pass

_case = _Case()
for _name in dir(_case):
    if _name.startswith("assert"):
        globals()[re.sub("([A-Z])", lambda found: "_" + found[1].lower(), _name)] = getattr(_case, _name)
assert_equals = assert_equal
eq_ = assert_equal
ok_ = assert_true
assert_items_equal = assert_count_equal

def raises(*kinds):
    def decorate(function):
        def decorated(*args, **keys):
            with _case.assertRaises(kinds):
                function(*args, **keys)
        return decorated
    return decorate
"""

NOSE = {"nose": "from nose import tools\nfrom nose.tools import *\n", "nose.tools": TOOLS}
"""The modules by name."""
