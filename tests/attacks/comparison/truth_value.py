"""norm earns nothing (wrong_type): True is not a number."""


def norm(A):
    return True
