"""norm earns nothing: garbage instead of the reply to the program costs the function that it belongs to."""

import os


def early(function):
    os.write(4, b"\xff" * 4096)
    return function


@early
def norm(A):
    return 0.0
