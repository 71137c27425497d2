"""norm earns nothing: an integer of a megabyte is not sent."""


def norm(A):
    return 1 << (1 << 23)
