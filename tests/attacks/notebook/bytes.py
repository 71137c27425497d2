"""It is unreadable: bytes that are no text."""


def make(folder):
    path = folder / "bytes.ipynb"
    path.write_bytes(bytes(range(256)) * 1000)
    return path
