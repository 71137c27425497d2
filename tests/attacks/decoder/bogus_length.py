"""norm earns nothing (crashed): a list that claims four thousand million values."""

import os


def norm(A):
    data = b"L" + (2**32 - 1).to_bytes(4, "little")
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
