"""norm earns nothing (crashed): a truth value that is neither 0 nor 1."""

import os


def norm(A):
    data = b"A\x00\x01" + (1).to_bytes(8, "little") + b"\x02"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
