"""norm earns nothing (timed_out): a loop that never ends."""


def norm(A):
    while True:
        pass
