"""norm earns nothing (crashed): a dtype beyond the table."""

import os


def norm(A):
    data = b"A\xc8\x00" + bytes(8)
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
