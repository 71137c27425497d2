"""The weights are a list of lists."""


def initialize_with_zeros(dim):
    w = [[0.0] for _ in range(dim)]
    b = 0.0
    return w, b
