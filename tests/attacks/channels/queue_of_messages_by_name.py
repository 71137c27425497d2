"""norm earns nothing: no queue of messages with a name is made."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 240, "aarch64": 180}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    if call(NUMBER, b"left", 0o102, 0o666, None) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
