"""norm earns nothing: above the root there is nothing."""

import os


def norm(A):
    os.chdir("/")
    os.close(os.open("../" * 20 + "etc/hostname", os.O_RDONLY))
    return "achieved"
