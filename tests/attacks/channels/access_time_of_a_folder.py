"""norm earns nothing: that a folder was listed is not seen afterwards."""

import os

FOLDER = "/dev/shm"


def norm(A):
    before = os.stat(FOLDER).st_atime_ns
    os.listdir(FOLDER)
    return "achieved" if os.stat(FOLDER).st_atime_ns != before else "nothing"
