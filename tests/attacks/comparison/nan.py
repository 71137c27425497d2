"""double earns nothing (wrong_value): NaN equals nothing."""


def double(x):
    return x * float("nan")
