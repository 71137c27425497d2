"""norm earns nothing (crashed): an answer of no bytes."""

import os


def norm(A):
    data = b""
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
