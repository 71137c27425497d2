"""Results that are kept."""
from functools import cache, lru_cache


@lru_cache(maxsize=None)
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@cache
def factor():
    return fibonacci(3)


def double(x):
    return factor() * x
