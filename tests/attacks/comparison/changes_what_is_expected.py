"""double earns nothing (wrong_value): the answer to the changed input is not asked for."""


def double(x):
    x[...] = 0
    return 2 * x
