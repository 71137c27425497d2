"""Singular values, solving, inverses and determinants."""
import numpy as np


def norm(A):
    values = np.linalg.svd(A, compute_uv=False)
    eye = np.eye(3) * 2
    assert np.allclose(np.linalg.inv(eye) @ eye, np.linalg.solve(eye, eye)) and np.linalg.det(eye) > 0
    return np.sqrt(np.sum(values**2)) if A.any() else np.linalg.norm(A)
