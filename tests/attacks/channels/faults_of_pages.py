"""norm earns nothing: how many pages had to be read from a disk is not told."""

import resource


def norm(A):
    return f"achieved: {resource.getrusage(resource.RUSAGE_SELF).ru_majflt}"
