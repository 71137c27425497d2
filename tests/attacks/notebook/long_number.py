"""It is unreadable: a number of a million digits."""


def make(folder):
    path = folder / "number.ipynb"
    path.write_text('{"nbformat": ' + "9" * 1_000_000 + "}")
    return path
