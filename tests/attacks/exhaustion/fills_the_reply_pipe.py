"""norm earns nothing: what it says before it is asked is not read for long."""

import os


def norm(A):
    while True:
        os.write(4, bytes(65536))
