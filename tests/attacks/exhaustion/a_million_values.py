"""norm earns nothing: more values than are taken."""


def norm(A):
    return list(range(10**6))
