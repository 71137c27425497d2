"""norm earns nothing: how much room a disk has is not told of a file either."""

import os


def norm(A):
    return f"achieved: {os.fstatvfs(os.open(os.__file__, os.O_RDONLY)).f_bfree}"
