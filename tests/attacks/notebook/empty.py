"""It is unreadable: no bytes at all."""


def make(folder):
    path = folder / "empty.ipynb"
    path.touch()
    return path
