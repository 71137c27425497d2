"""It uses up the budget for time: a constant that all functions need takes long, each time that it is made."""
import time

WAITED = [time.sleep(0.35)]


def double(x):
    return WAITED


def norm(A):
    return WAITED


def quadruple(x):
    return WAITED


def tag(parameters, label):
    return WAITED
