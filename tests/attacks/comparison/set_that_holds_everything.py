"""double earns nothing (wrong_type): a set that claims to be an array and to hold whatever is asked."""


class Everything(set):
    shape = (3,)

    def __contains__(self, _):
        return True

    def __eq__(self, _):
        return True

    __hash__ = None


def double(x):
    return Everything([1.0])
