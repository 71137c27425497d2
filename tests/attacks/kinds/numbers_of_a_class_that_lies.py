"""Model.score, ask and total earn nothing: their numbers and texts are of classes that lie about equality."""


class Number(int):
    __eq__ = __ge__ = __le__ = lambda self, other: True
    __hash__ = int.__hash__
    __index__ = lambda self: 0

    @property
    def __class__(self):
        return float


class Real(float):
    __eq__ = __ge__ = __le__ = lambda self, other: True
    __hash__ = float.__hash__
    __float__ = lambda self: 0.0
    __class__ = property(lambda self: np.float64)


class Model:
    def score(self, X):
        return Real(1)

    def fit(self, X):
        self.mean = X.mean(axis=0)

    def predict(self, X):
        return X - (X - 1).mean(axis=0)


def ask():
    return Number(3)


total = Real(2)
