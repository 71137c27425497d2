"""norm earns nothing (crashed): who closes the pipe and goes on has ended."""

import os


def norm(A):
    os.close(4)
    while True:
        pass
