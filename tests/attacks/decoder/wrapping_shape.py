"""norm earns nothing (crashed): a shape whose product is zero for who counts in 64 bits."""

import os


def norm(A):
    data = b"A\x0b\x02" + (2**32).to_bytes(8, "little") * 2
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
