"""norm earns nothing (raised): an exception whose text cannot be had is still one."""


class Shy(Exception):
    def __str__(self):
        raise SystemExit(0)

    __repr__ = __str__


def norm(A):
    raise Shy
