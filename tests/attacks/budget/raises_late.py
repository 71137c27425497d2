"""It uses up the budget for time: every call raises shortly before its end."""
import time


def double(x):
    time.sleep(0.35)
    raise ValueError


def norm(A):
    time.sleep(0.35)
    raise ValueError


def quadruple(x):
    time.sleep(0.35)
    raise ValueError


def tag(parameters, label):
    time.sleep(0.35)
    raise ValueError
