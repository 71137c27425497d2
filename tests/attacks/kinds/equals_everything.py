"""Model.fit, Model.predict, ask, direction and total earn nothing: all they give is equal to everything."""


class Liar:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0

    def __array__(self, dtype=None, copy=None):
        return np.zeros(3)

    def __float__(self):
        return 0.0


class Model:
    def fit(self, X):
        self.mean = Liar()

    def predict(self, X):
        return Liar()

    def score(self, X):
        return float(np.abs(X - (X - 1).mean(axis=0)).mean())


def ask():
    return Liar()


def direction(A):
    return Liar()


total = Liar()
