"""norm earns nothing (raised): a hundred thousand exceptions, each the cause of the next."""


def norm(A):
    error = None
    for i in range(100_000):
        cause, error = error, ValueError(i)
        error.__cause__ = error.__context__ = cause
    raise error
