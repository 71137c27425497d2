"""norm earns nothing (wrong_value): nor is a single infinite number."""


def norm(A):
    return float("inf")
