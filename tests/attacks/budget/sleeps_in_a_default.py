"""It uses up the budget for time: the default of a parameter takes long, each time that its function is defined."""
import time


def double(x, wait=time.sleep(0.35)):
    return 0


def norm(A, wait=time.sleep(0.35)):
    return 0


def quadruple(x, wait=time.sleep(0.35)):
    return 0


def tag(parameters, label, wait=time.sleep(0.35)):
    return 0
