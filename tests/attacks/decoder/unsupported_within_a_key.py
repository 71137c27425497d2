"""norm earns nothing (crashed): a dictionary whose key could not cross."""

import os


def norm(A):
    data = b"M\x01\0\0\0X\x04\0\0\0listN"
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
