"""norm earns nothing: which pages of a library are in memory is not told."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 27, "aarch64": 232}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    page, found = (ctypes.c_char * 4096).in_dll(ctypes.CDLL(None), "environ"), ctypes.create_string_buffer(2)
    if call(NUMBER, page, 4096, found) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
