"""norm earns nothing: a complex number that is infinite in one part only."""


def norm(A):
    return complex(1.0, float("inf"))
