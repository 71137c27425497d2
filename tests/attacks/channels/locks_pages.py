"""norm earns nothing: no page is locked in memory for all."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 149, "aarch64": 228}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, ctypes.byref(ctypes.c_int()), 4) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
