"""norm earns nothing (crashed): it ends as programs end that find themselves broken."""

import os


def norm(A):
    os.abort()
