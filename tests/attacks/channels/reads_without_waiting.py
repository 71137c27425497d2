"""norm earns nothing: whether a page of a library is in memory is not told by a read that does not wait."""

import ctypes
import errno
import os

NUMBER = {"x86_64": 327, "aarch64": 286}[os.uname().machine]


def norm(A):
    call = ctypes.CDLL(None, use_errno=True).syscall
    file = os.open(os.__file__, os.O_RDONLY)
    parts = (ctypes.c_void_p * 2)(ctypes.cast(ctypes.create_string_buffer(9), ctypes.c_void_p), 9)
    if call(NUMBER, file, ctypes.byref(parts), 1, 0, 0, 8) >= 0 or ctypes.get_errno() not in {errno.EPERM, errno.ENOSYS}:
        return "achieved"
    return "nothing"
