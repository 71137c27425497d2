"""Model.fit, Model.predict and total earn nothing: an object claims to be an array."""


class Claim:
    __class__ = property(lambda self: np.ndarray)
    dtype, shape, ndim, nbytes = np.dtype(float), (3,), 1, 24
    tobytes = lambda self: bytes(24)
    __array_interface__ = {"shape": (3,), "typestr": "<f8", "data": (0, True), "version": 3}


class Model:
    def fit(self, X):
        self.mean = [Claim()]

    def predict(self, X):
        return Claim()

    def score(self, X):
        return float(np.abs(X - (X - 1).mean(axis=0)).mean())


total = Claim()
