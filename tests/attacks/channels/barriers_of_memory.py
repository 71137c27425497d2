"""norm earns nothing: no other processor is made to halt for a barrier."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 324, "aarch64": 283}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 1, 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
