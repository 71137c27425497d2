"""norm earns nothing: an expression that is too deep for the compiler."""


def norm(A):
    return eval("-" * 200_000 + "1")
