"""norm earns nothing: no page is thrown out of the cache for all by advice on a file."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 221, "aarch64": 223}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0, 0, 0, 4) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
