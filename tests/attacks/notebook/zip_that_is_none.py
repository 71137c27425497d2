"""It is unreadable: a zip that is none."""


def make(folder):
    path = folder / "class.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(10_000) + b"PK\x05\x06" + b"\xff" * 18)
    return path
