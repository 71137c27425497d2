"""The reference of a tiny assignment, on which hostile programs are tried."""

# %%
import numpy as np


# %%
# GRADED FUNCTION: double
def double(x):
    """Twice an array: (n, m) -> (n, m)."""
    return 2 * x


# %%
# GRADED FUNCTION: norm
def norm(A):
    """The Frobenius norm of a matrix: (n, m) -> a number."""
    return np.sqrt((A**2).sum())


# %%
# GRADED FUNCTION: quadruple
def quadruple(x):
    """Four times an array: (n, m) -> (n, m)."""
    return double(double(x))


# %%
# GRADED FUNCTION: tag
def tag(parameters, label):
    """Three times the weights, (n, m) -> (n, m), beside their label in capitals."""
    tagged = {"W": 3 * parameters["W"], "label": label.upper()}
    return tagged
