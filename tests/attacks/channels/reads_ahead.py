"""norm earns nothing: no page is brought into the cache for others ahead of a read."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 187, "aarch64": 213}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, 0, 4096) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
