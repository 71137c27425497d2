"""direction earns nothing: its answers are deep, huge, no numbers, of wrong kinds, by the size of the matrix."""


def deep(n):
    return [] if n == 0 else [deep(n - 1)]


def direction(A):
    return {2: deep(60), 3: np.full(3, np.nan), 4: {"x": object()}, 5: np.full(5, 1e308)}[len(A)]
