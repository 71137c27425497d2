"""norm earns nothing (crashed): the same as a single number."""

import os


def norm(A):
    data = b"G\x00\x02"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
