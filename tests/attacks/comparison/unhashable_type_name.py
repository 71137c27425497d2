"""norm earns nothing: the name of a class may be anything."""


class Meta(type):
    __name__ = property(lambda cls: ["not", "a", "name"])


class Odd(metaclass=Meta):
    pass


def norm(A):
    return Odd()
