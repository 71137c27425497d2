"""double earns nothing (wrong_dtype): nor is an array of printed numbers."""


def double(x):
    return (2 * x).astype(str)
