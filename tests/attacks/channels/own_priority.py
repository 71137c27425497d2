"""norm earns nothing: its priority is not told, nor changed."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 140, "aarch64": 141}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
