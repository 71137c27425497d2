"""Model.fit, Model.predict and Model.score earn nothing: the class of the class refuses what is lent."""


class Refusing(type):
    def __setattr__(cls, name, value):
        raise SystemExit(0)

    def __getattr__(cls, name):
        raise MemoryError


class Model(metaclass=Refusing):
    __slots__ = ("mean",)

    def fit(self, X):
        self.mean = 0.0

    def predict(self, X):
        return X - self.mean

    def score(self, X):
        return abs(self.predict(X)).mean()
