"""double earns nothing (wrong_shape): one row is not stretched over an array."""


def double(x):
    return 2 * x[:1]
