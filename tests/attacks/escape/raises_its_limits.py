"""norm earns nothing: no limit can be raised or lowered."""

import resource


def norm(A):
    for kind in (resource.RLIMIT_AS, resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE):
        resource.setrlimit(kind, resource.getrlimit(kind))
    return "achieved"
