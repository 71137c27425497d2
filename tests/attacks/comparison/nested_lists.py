"""double earns nothing (wrong_type): lists of numbers are no array."""


def double(x):
    return (2 * x).tolist()
