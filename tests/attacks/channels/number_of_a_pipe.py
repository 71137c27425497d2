"""norm earns nothing: no pipe is made, whose number counts those of others."""

import os


def norm(A):
    return f"achieved: {os.fstat(os.pipe()[0]).st_ino}"
