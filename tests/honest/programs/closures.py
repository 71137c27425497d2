"""A function that remembers."""


def times(factor):
    count = 0

    def multiply(x):
        nonlocal count
        count += 1
        return factor * x * count

    return multiply


def double(x):
    return times(2)(x)
