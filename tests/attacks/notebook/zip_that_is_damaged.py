"""It is unreadable: a member whose bytes are not those that were put in."""
import zipfile


def make(folder):
    path = folder / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("damaged.ipynb", '{"nbformat": 4, "cells": []}')
    path.write_bytes(path.read_bytes().replace(b"nbformat", b"nbfooooo", 1))
    return path
