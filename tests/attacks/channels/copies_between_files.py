"""norm earns nothing: no pipe, and no copy between files, is made in the kernel."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 275, "aarch64": 76}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, None, 1, None, 1, 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
