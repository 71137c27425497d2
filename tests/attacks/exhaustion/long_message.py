"""norm earns nothing (raised): an exception of a hundred megabytes, and a name of one."""


def norm(A):
    raise type("E" * 1_000_000, (Exception,), {})("x" * 100_000_000)
