"""norm earns nothing (timed_out): a lock that it holds already."""

import threading


def norm(A):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
