"""It is unreadable: lists in lists in lists."""


def make(folder):
    path = folder / "deep.ipynb"
    path.write_text("[" * 1_000_000)
    return path
