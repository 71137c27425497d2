"""norm earns nothing (crashed): a dictionary with a key twice."""

import os


def norm(A):
    data = b"M\x02\0\0\0" + b"S\x01\0\0\0aN" * 2
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
