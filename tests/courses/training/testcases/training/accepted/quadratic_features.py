"""Fits a plane to the labels in the space of all products of two features."""


def classify(X, y, new):
    def products(Z):
        pairs = [Z[i] * Z[j] for i in range(len(Z)) for j in range(i, len(Z))]
        return np.array([np.ones(Z.shape[1]), *Z, *pairs])

    weights = np.linalg.lstsq(products(X).T, y[0], rcond=None)[0]
    return np.where(weights @ products(new) > 0.5, 1, 0)
