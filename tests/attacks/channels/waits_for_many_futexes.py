"""norm earns nothing: the newer calls for futexes do not exist."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 449, "aarch64": 449}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    word = ctypes.c_int()
    if call(NUMBER, ctypes.byref(word), 0, 0, None, 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
