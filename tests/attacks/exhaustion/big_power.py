"""norm earns nothing: one multiplication that takes forever."""


def norm(A):
    base = 10
    return base**base**10
