"""norm earns nothing (crashed): many integers whose hashes collide."""

import os


def norm(A):
    data = (
        b"M"
        + (5000).to_bytes(4, "little")
        + b"".join(b"B\x0a\0\0\0" + (i * (2**61 - 1)).to_bytes(10, "little") + b"N" for i in range(5000))
    )
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
