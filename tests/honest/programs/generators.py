"""Sums over what is made one after the other."""


def squares(A):
    for row in A:
        yield from (value * value for value in row)


def norm(A):
    return sum(squares(A)) ** 0.5
