"""double earns nothing (wrong_value): where zeros belong, 1e-9 is not one."""


def double(x):
    return 2 * x + 1e-9
