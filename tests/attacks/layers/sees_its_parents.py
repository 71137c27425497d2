"""Only the pid namespace, which comes with the mount tree, keeps it from learning the number of its parent."""
import os


def norm(A):
    return f"achieved: {os.getppid()}" if os.getppid() != 1 else "nothing"
