"""norm earns nothing: how much of a file is in memory is not told."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 451, "aarch64": 451}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, (ctypes.c_long * 2)(0, 9), (ctypes.c_long * 5)(), 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
