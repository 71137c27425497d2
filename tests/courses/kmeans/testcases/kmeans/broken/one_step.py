"""Assigns once, and averages no second time."""


def clusters(X, k, rng):
    found = X[:k]
    labels = assign(X, found)
    return labels, np.array([X[labels == j].mean(axis=0) for j in range(k)])
