"""norm earns nothing: the newest calls for futexes do not exist."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 454, "aarch64": 454}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    word = ctypes.c_int()
    if call(NUMBER, ctypes.byref(word), 1, 1, 2) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
