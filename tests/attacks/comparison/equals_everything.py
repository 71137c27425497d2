"""norm earns nothing (wrong_type): an object that equals everything cannot cross."""


class Everything:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = None


def norm(A):
    return Everything()
