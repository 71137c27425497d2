"""It is unreadable: five gigabytes that take no room on the disk."""
import os


def make(folder):
    path = folder / "giant.ipynb"
    path.touch()
    os.truncate(path, 5 << 30)
    return path
