"""norm earns nothing (crashed): it reads where nothing is."""

import ctypes


def norm(A):
    return ctypes.string_at(0)
