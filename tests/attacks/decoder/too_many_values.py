"""norm earns nothing (crashed): a hundred lists of ten thousand values."""

import os


def norm(A):
    data = b"L\x64\0\0\0" + (b"L\x10\x27\0\0" + b"N" * 10_000) * 100
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
