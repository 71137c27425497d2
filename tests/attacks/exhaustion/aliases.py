"""norm earns nothing: sixty lists that are 2**60 values."""


def norm(A):
    doubled = [0.0]
    for _ in range(60):
        doubled = [doubled, doubled]
    return doubled
