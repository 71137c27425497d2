"""norm earns nothing: a text of a hundred megabytes."""


def norm(A):
    return "x" * 100_000_000
