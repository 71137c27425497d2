"""norm earns nothing (wrong_type): a class with a name of a megabyte."""


def norm(A):
    return type("N" * 1_000_000, (), {})()
