"""norm earns nothing: no queue of messages is made."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 68, "aarch64": 186}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 7, 0o1666) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
