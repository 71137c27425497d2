"""It uses up the budget for time: every call keeps a processor busy for nearly as long as it may."""
import time


def double(x):
    end = time.perf_counter() + 0.35
    while time.perf_counter() < end:
        pass
    return 0


def norm(A):
    end = time.perf_counter() + 0.35
    while time.perf_counter() < end:
        pass
    return 0


def quadruple(x):
    end = time.perf_counter() + 0.35
    while time.perf_counter() < end:
        pass
    return 0


def tag(parameters, label):
    end = time.perf_counter() + 0.35
    while time.perf_counter() < end:
        pass
    return 0
