"""norm earns nothing (wrong_type): a list of a hundred thousand levels."""


def norm(A):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
