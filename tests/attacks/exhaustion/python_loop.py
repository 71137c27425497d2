"""norm earns nothing (timed_out): a loop that never ends."""


def norm(A):
    turns = 0
    while True:
        turns += 1
