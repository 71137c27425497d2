"""Model.predict, reverse and direction earn nothing: what they returned is changed later."""


class Late(np.ndarray):
    def __array_finalize__(self, other):
        np.ndarray.view(self, np.ndarray).fill(0)

    def __del__(self):
        np.ndarray.view(self, np.ndarray).fill(1)


class Model:
    def predict(self, X):
        return np.asarray(0 * X).view(Late)

    def fit(self, X):
        self.mean = X.mean(axis=0)

    def score(self, X):
        return float(np.abs(X - (X - 1).mean(axis=0)).mean())


shared = np.zeros(100)


class Fills:
    def __del__(self):
        shared.fill(1)


def reverse(x):
    x[:] = 0
    x.flat[0] = Fills() is None


def direction(A):
    value = shared[: len(A)]
    Fills()
    return value
