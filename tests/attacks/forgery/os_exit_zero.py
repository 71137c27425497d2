"""norm earns nothing (crashed): a clean exit is no answer."""

import os


def norm(A):
    os._exit(0)
