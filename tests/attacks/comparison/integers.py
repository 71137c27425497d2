"""double earns nothing (wrong_dtype): an array of integers is not one of real numbers."""


def double(x):
    return (2 * x).astype(int)
