"""Model.predict, direction and total earn nothing: their arrays lie about shape, bytes, dtype and equality."""


class Lies(np.ndarray):
    dtype = property(lambda self: np.dtype(float))
    shape = property(lambda self: (1,))
    nbytes = property(lambda self: 8)
    ndim = property(lambda self: 1)

    def tobytes(self, order="C"):
        return bytes(8)

    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return self

    def __array_function__(self, *args, **kwargs):
        return self


class Model:
    def predict(self, X):
        return np.zeros(np.shape(X)).view(Lies)

    def fit(self, X):
        self.mean = X.mean(axis=0)

    def score(self, X):
        return float(np.abs(X - (X - 1).mean(axis=0)).mean())


def direction(A):
    return np.zeros(len(A)).view(Lies)


total = np.zeros(()).view(Lies)
