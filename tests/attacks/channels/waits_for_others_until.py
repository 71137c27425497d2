"""norm earns nothing: nobody else wakes it by a futex with a deadline and bits."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 202, "aarch64": 98}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    word, moment = ctypes.c_int(), (ctypes.c_long * 2)(0, 1000)
    if call(NUMBER, ctypes.byref(word), 9 | 256, 0, ctypes.byref(moment), None, 1) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
