"""norm earns nothing (timed_out): prints go nowhere, and fill nothing."""


def norm(A):
    while True:
        print("x" * 65536)
