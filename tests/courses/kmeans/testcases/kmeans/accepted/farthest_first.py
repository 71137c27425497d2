"""Begins with examples that are far from each other, and names the clusters by their place."""


def seeds(X, k, rng):
    return rng.permutation(X)[:k]


def clusters(X, k, rng):
    found = [X[rng.integers(len(X))]]
    while len(found) < k:
        squares = np.min([((X - c) ** 2).sum(axis=1) for c in found], axis=0)
        found.append(X[np.argmax(squares)])
    found = np.array(sorted(found, key=lambda row: tuple(row)))
    for _ in range(10):
        members = assign(X, found)
        found = np.array([X[members == j].mean(axis=0) for j in range(k)])
    return members, found
