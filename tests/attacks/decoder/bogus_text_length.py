"""norm earns nothing (crashed): a text that is longer than the answer it is in."""

import os


def norm(A):
    data = b"S" + (2**31).to_bytes(4, "little") + b"x"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
