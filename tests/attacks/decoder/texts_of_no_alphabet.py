"""norm earns nothing (crashed): an array of texts whose characters are beyond all there are."""

import os


def norm(A):
    data = b"P\x02U\x03\0\0\0S\x03\0\0\0<U1U\x01\0\0\0I" + (1).to_bytes(8, "little") + b"Y\x04\0\0\0\xff\xff\xff\xff"
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
