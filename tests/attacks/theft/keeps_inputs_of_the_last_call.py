"""norm earns nothing (raised): what it remembers of hidden calls it can tell in no public one."""

import builtins


def norm(A):
    seen = builtins.__dict__.setdefault("seen", [])
    seen.append(A.tolist())
    raise ValueError(str(seen))
