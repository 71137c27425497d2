"""double earns nothing (wrong_type): a promise of numbers is no array."""


def double(x):
    return (2 * row for row in x)
