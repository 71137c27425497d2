"""It is unreadable: a pipe that nobody writes to."""
import os


def make(folder):
    path = folder / "pipe.ipynb"
    os.mkfifo(path)
    return folder
