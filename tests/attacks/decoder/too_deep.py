"""norm earns nothing (crashed): a hundred thousand lists, each in the other."""

import os


def norm(A):
    data = b"L\x01\0\0\0" * 100_000 + b"N"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
