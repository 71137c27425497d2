"""norm earns nothing: nobody who waits is moved from one futex to another."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 202, "aarch64": 98}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    words = (ctypes.c_int * 2)()
    if call(NUMBER, ctypes.byref(words), 4, 0, 0, ctypes.byref(words, 4), 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
