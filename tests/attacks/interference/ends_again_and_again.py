"""Nothing is earned: a submission whose every call crashes costs the next one nothing."""

import os


def double(x):
    os.abort()


def norm(A):
    os.abort()


def quadruple(x):
    os.abort()


def tag(parameters, label):
    os.abort()
