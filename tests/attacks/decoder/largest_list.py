"""norm earns nothing (crashed): as many small values as are taken."""

import os


def norm(A):
    data = b"L" + (49_999).to_bytes(4, "little") + b"G\x0b\0\0\0\0\0\0\0\0" * 49_999
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
