"""double earns nothing (wrong_value): three digits are not six."""


def double(x):
    return (2 * x).astype("float16")
