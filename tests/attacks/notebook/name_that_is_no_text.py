"""It is unreadable: a file name that is not in UTF-8."""
import os


def make(folder):
    with open(os.fsencode(folder) + b"/\xff\xfe\x80.ipynb", "w") as file:
        file.write("{}")
    return folder
