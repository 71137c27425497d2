"""draw earns nothing (wrong_value): of an array only the numbers count, not what its class says of them."""

import numpy as np


class Within(np.ndarray):
    def min(self, *args, **keys):
        return 0.0

    def max(self, *args, **keys):
        return 1.0


def draw(n):
    return (np.random.rand(n) + 7).view(Within)
