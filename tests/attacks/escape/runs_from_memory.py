"""norm earns nothing: no file in memory can be made and run."""

import os


def norm(A):
    return f"achieved: {os.memfd_create('program')}"
