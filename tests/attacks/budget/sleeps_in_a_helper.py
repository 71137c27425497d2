"""It uses up the budget for time: a helper of all functions is slow."""
import time


def wait():
    time.sleep(0.35)


def double(x):
    wait()
    return 0


def norm(A):
    wait()
    return 0


def quadruple(x):
    wait()
    return 0


def tag(parameters, label):
    wait()
    return 0
