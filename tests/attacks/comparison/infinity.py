"""double earns nothing (wrong_value): infinity is not close to a number."""


def double(x):
    return x * 0 + float("inf")
