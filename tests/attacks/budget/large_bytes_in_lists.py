"""It uses up the budget for answers: every call returns bytes, in a reply that is a list and no tuple."""
from grader.models import serialization
from grader.sandbox import worker


def as_a_list(reply):
    return serialization.encode([*reply] if isinstance(reply, tuple) else reply)


def large():
    worker.encoded_reply = as_a_list
    return bytes(3_000_000)


def double(x):
    return large()


def norm(A):
    return large()


def quadruple(x):
    return large()


def tag(parameters, label):
    return large()
