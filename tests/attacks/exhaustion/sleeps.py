"""norm earns nothing (timed_out): sleep is no work and costs the same."""

import time


def norm(A):
    time.sleep(1000)
