"""norm earns nothing (wrong_value): a profile function stays behind in the child."""

import sys


def norm(A):
    sys.setprofile(lambda frame, event, arg: None)
    return 1.25
