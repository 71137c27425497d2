"""root earns nothing: the name of what it raises is no text."""


class Meta(type):
    __name__ = property(lambda cls: 3)


class Claim(ValueError, metaclass=Meta):
    pass


def root(x):
    if x < 0:
        raise Claim
    return x
