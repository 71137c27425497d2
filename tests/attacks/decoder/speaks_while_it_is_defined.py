"""Nothing is earned: what a decorator sends for the reply to the program is a claim too."""

import os

from grader.models import serialization


def early(function):
    data = serialization.encode({"failures": [[]]})
    os.write(4, len(data).to_bytes(8, "little") + data)
    return function


@early
def double(x):
    return x


@early
def norm(A):
    return 0.0


@early
def tag(parameters, label):
    return {}


@early
def quadruple(x):
    return x
