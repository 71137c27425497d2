"""norm earns nothing (crashed): a set of tuples whose hashes collide."""

import os


def norm(A):
    data = b"H" + (5000).to_bytes(4, "little")
    for i in range(5000):
        data += b"U\x01\0\0\0B\x0a\0\0\0" + (i * (2**61 - 1)).to_bytes(10, "little")
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
