"""norm earns nothing (crashed): an integer of a megabyte."""

import os


def norm(A):
    data = b"B" + (1 << 20).to_bytes(4, "little") + bytes(1 << 20)
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
