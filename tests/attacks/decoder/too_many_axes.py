"""norm earns nothing (crashed): an array of 255 axes."""

import os


def norm(A):
    data = b"A\x0b\xff" + (1).to_bytes(8, "little") * 255 + bytes(8)
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
