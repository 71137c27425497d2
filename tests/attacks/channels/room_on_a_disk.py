"""norm earns nothing: how much room a disk has is not told."""

import os


def norm(A):
    return f"achieved: {os.statvfs('/').f_bfree}"
