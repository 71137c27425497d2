"""double earns nothing (wrong_dtype): a complex number is not a real one."""


def double(x):
    return 2 * x + 0j
