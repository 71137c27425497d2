"""norm earns nothing (crashed): a dictionary whose key is a list."""

import os


def norm(A):
    data = b"M\x01\0\0\0L\0\0\0\0N"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
