"""tag earns nothing: what others have seen in hidden calls reaches no public call of any function."""

import builtins

import numpy as np


def remember(value):
    builtins.__dict__.setdefault("seen", []).append(repr(value))


def double(x):
    remember(x.tolist())
    return 2 * x


def norm(A):
    remember(A.tolist())
    return np.sqrt((A**2).sum())


def tag(parameters, label):
    remember(label)
    raise ValueError("; ".join(builtins.seen)[-1900:])
