"""A function that calls itself nine hundred times."""


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def double(x):
    assert deep(900) == 900
    return 2 * x
