"""It uses up the budget for time: every call takes nearly all that it may."""
import time


def double(x):
    time.sleep(0.35)
    return 0


def norm(A):
    time.sleep(0.35)
    return 0


def quadruple(x):
    time.sleep(0.35)
    return 0


def tag(parameters, label):
    time.sleep(0.35)
    return 0
