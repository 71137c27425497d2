"""A class that does the work."""
import numpy as np


class Matrix:
    scale = 2

    def __init__(self, values):
        self.values = np.asarray(values)

    @property
    def doubled(self):
        return self.scale * self.values

    def __matmul__(self, other):
        return Matrix(self.values @ other.values)


class Named(Matrix):
    def __init__(self, values, name="x"):
        super().__init__(values)
        self.name = name


def double(x):
    return Named(x).doubled
