"""norm earns nothing (crashed): a tag that means nothing."""

import os


def norm(A):
    data = b"\x80\x04"
    os.write(4, len(data).to_bytes(8, "little"))
    while data:
        data = data[os.write(4, data) :]
    os._exit(0)
