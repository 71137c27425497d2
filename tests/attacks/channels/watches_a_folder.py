"""norm earns nothing: nothing is watched for what others open."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 294, "aarch64": 26}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, 0) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
