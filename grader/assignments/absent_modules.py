"""Modules that tests of other graders import and nobody can install: what they check, written anew."""

from __future__ import annotations

NOSE_TOOLS = """
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

DLAI_TOOLS = """
import copy
import numpy as np

def _fits(name, expected, answer):
    if isinstance(expected, (dict, list, tuple)):
        if not isinstance(answer, (dict, list, tuple)) or len(answer) != len(expected):
            return False
        keys = expected if isinstance(expected, dict) else range(len(expected))
        return all(_fits(name, expected[key], answer[key]) for key in keys)
    if name == "datatype_check":
        return isinstance(answer, type(expected)) or np.ndim(answer) == np.ndim(expected) == 0
    if name == "shape_check":
        return np.shape(answer) == np.shape(expected)
    return name != "equation_output_check" or np.allclose(expected, answer)

def multiple_test(test_cases, target):
    for case in test_cases:
        answer = target(*copy.deepcopy(case["input"]))
        assert _fits(case["name"], case["expected"], answer), case["error"]

single_test = multiple_test
"""

ABSENT = {
    "nose": "from nose import tools\nfrom nose.tools import *\n",
    "nose.tools": NOSE_TOOLS,
    "dlai_tools": "",
    "dlai_tools.testing_utils": DLAI_TOOLS,
    "dlai_tools.test_utils": DLAI_TOOLS,
}
"""The modules by name."""
