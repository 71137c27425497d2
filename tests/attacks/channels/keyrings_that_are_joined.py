"""norm earns nothing: no keyring is joined."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 250, "aarch64": 219}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 1, None) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
