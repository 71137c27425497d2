"""norm earns nothing: no priority passes by a futex to who holds it."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 202, "aarch64": 98}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    word = ctypes.c_int()
    if call(NUMBER, ctypes.byref(word), 6 | 128, 0, None) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
