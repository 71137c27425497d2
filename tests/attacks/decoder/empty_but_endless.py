"""norm earns nothing (crashed): an array without elements whose other axis has no end."""

import os


def norm(A):
    data = b"A\x0b\x02" + bytes(8) + (2**63).to_bytes(8, "little")
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
