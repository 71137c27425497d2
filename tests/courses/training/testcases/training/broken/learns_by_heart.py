"""Knows the examples that it learned from, and no others."""


def classify(X, y, new):
    known = {tuple(X[:, i]): int(y[0, i]) for i in range(X.shape[1])}
    return np.array([known.get(tuple(new[:, i]), 0) for i in range(new.shape[1])])
