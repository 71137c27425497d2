"""root earns nothing: it always raises what claims to be a ValueError."""


class Meta(type):
    __name__ = property(lambda cls: "ValueError")
    __mro__ = property(lambda cls: (ValueError, Exception, BaseException, object))

    def mro(cls):
        return [cls, *ValueError.__mro__]


class Claim(Exception, metaclass=type("Plain", (type,), {"__name__": property(lambda cls: "ValueError")})):
    __class__ = property(lambda self: ValueError)


def root(x):
    raise Claim
