"""A sum over both indices."""
import numpy as np


def norm(A):
    return np.sqrt(np.einsum("ij,ij->", A, A))
