"""tag earns nothing: nor do they reach the answer to a public call that is shown beside the expected one."""

import builtins


def norm(A):
    builtins.seen = A.copy()
    return (A**2).sum() ** 0.5


def double(x):
    builtins.seen = x.copy()
    return 2 * x


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": str(getattr(builtins, "seen", ""))}
