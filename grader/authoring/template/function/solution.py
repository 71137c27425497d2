# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Standardize and correlate
#
# Two functions, the second on top of the first. Write between the marker lines, delete the line that
# raises NotImplementedError, and run the cell below to test what you wrote.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: standardize
#
# Each feature of $X$, shape $(m, n)$, is one column. Shift and scale every column to the mean 0 and the
# standard deviation 1:
#
# $$Z_{ij} = \frac{X_{ij} - \mu_j}{\sigma_j}$$

# %%
# GRADED FUNCTION: standardize


def standardize(X):
    """Shift and scale every feature to the mean 0 and the standard deviation 1.

    Args:
        X: m examples of n features, shape (m, n).

    Returns:
        Z: the standardized features, shape (m, n).
    """
    # YOUR CODE STARTS HERE
    mean = X.mean(axis=0)  # (m, n) -> (n,)
    deviation = X.std(axis=0)  # (m, n) -> (n,)
    Z = (X - mean) / deviation  # (m, n)
    # YOUR CODE ENDS HERE

    return Z


# %%
standardize_test(standardize)

# %% [markdown]
# ### Exercise 2: correlate
#
# The correlation of the features $j$ and $k$ is the mean of the products of their standardized values:
#
# $$R = \frac{1}{m} Z^T Z$$

# %%
# GRADED FUNCTION: correlate


def correlate(X):
    """Correlate every feature with every other one.

    Args:
        X: m examples of n features, shape (m, n).

    Returns:
        R: the correlations, shape (n, n).
    """
    # YOUR CODE STARTS HERE
    Z = standardize(X)  # (m, n)
    R = Z.T @ Z / X.shape[0]  # (n, m) @ (m, n) -> (n, n)
    # YOUR CODE ENDS HERE

    return R


# %%
correlate_test(correlate)
