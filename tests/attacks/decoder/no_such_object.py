"""norm earns nothing (crashed): an object whose number is in no table."""

import os


def norm(A):
    data = b"P\xffU\x01\0\0\0N"
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
