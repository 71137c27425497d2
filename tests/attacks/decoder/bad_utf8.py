"""norm earns nothing (crashed): a text that is none."""

import os


def norm(A):
    data = b"S\x02\0\0\0\xc3\x28"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
