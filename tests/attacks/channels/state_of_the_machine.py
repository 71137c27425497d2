"""norm earns nothing: how much memory is free, and how many processes run, is not told."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 99, "aarch64": 179}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    state = ctypes.create_string_buffer(256)
    if call(NUMBER, state) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
