"""norm earns nothing: no descriptor at all has a flag that was set by who came before."""

import fcntl
import os


def norm(A):
    flags = {}
    for descriptor in range(64):
        try:
            flags[descriptor] = fcntl.fcntl(descriptor, fcntl.F_GETFL)
        except OSError:
            continue
    for descriptor, before in flags.items():
        try:
            fcntl.fcntl(descriptor, fcntl.F_SETFL, before | os.O_APPEND)
        except OSError:
            continue
    found = [descriptor for descriptor, before in flags.items() if before & os.O_APPEND]
    return f"achieved: {found}" if found else "nothing"
