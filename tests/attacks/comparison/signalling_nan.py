"""norm earns nothing (wrong_value): no bit pattern of a NaN is close to a number."""

import struct


def norm(A):
    return struct.unpack("<d", b"\x01\0\0\0\0\0\xf0\x7f")[0]
