"""norm earns nothing (raised): the name of an exception is worth nothing."""


class Passed(Exception):
    pass


def norm(A):
    raise Passed("10 of 10 points")
