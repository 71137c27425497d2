"""Global constants, one from another."""
import numpy as np

ONE = 1
TWO: int = ONE + 1
FACTORS = {"double": TWO, "axes": (0, 1)}
EPSILON = 1e-300


def double(x):
    return FACTORS["double"] * x + 0 * EPSILON * np.pi
