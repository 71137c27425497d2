"""draw earns nothing (wrong_value): an answer that claims to be equal to everything is no answer."""


class Liar:
    shape = (5,)

    def min(self):
        return self

    def max(self):
        return self

    def __eq__(self, other):
        return True

    def __ge__(self, other):
        return True

    def __le__(self, other):
        return True

    def __len__(self):
        return 5


def draw(n):
    return Liar()
