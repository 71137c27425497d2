"""norm earns nothing: nor by the spawn calls of POSIX."""

import os


def norm(A):
    return f"achieved: {os.posix_spawn('/bin/true', ['true'], {})}"
