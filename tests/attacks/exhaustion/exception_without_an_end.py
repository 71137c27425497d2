"""norm earns nothing (timed_out): the text of an exception that takes forever."""


class Endless(Exception):
    def __str__(self):
        while True:
            pass


def norm(A):
    raise Endless
