"""norm earns nothing (raised): a function that calls itself forever."""


def norm(A):
    return norm(A)
