"""norm earns nothing (crashed): more bytes than the value has."""

import os


def norm(A):
    data = b"NN"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
