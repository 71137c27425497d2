# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Image lab
#
# Pictures are arrays of grey values from 0 to 255, (rows, columns). One comes with this notebook, in `pictures.h5`.
# Write between the marker lines, delete the line that raises NotImplementedError, and run the cell below.

# %%
import h5py
import numpy as np
from public_tests import *

# %%
# The slope from left to right, after Sobel.
KERNEL = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])

# %% [markdown]
# ### Exercise 1: convolution
#
# $$Y_{ij} = \sum_{u, v} X_{i + u, \, j + v} \, K_{\text{rows} - 1 - u, \, \text{columns} - 1 - v}$$
#
# The kernel is turned by 180 degrees. `valid` keeps the places where it fits; `same` puts zeros around the picture,
# so that its size stays.

# %%
# GRADED FUNCTION: convolve


def convolve(X, K, padding="valid"):
    """Convolve a picture with a kernel.

    Args:
        X: a picture, shape (r, c).
        K: a kernel of odd sizes, shape (p, q).
        padding: "valid" or "same".

    Returns:
        Y: shape (r - p + 1, c - q + 1) for "valid", and (r, c) for "same".
    """
    # YOUR CODE STARTS HERE
    p, q = K.shape
    if padding == "same":
        X = np.pad(X, ((p // 2, p // 2), (q // 2, q // 2)))  # zeros
    windows = np.lib.stride_tricks.sliding_window_view(X, (p, q))  # (r', c', p, q)
    Y = np.sum(windows * K[::-1, ::-1], axis=(2, 3))  # (r', c')
    # YOUR CODE ENDS HERE

    return Y


# %%
convolve_test(convolve)

# %% [markdown]
# ### Exercise 2: edges, with the kernel of above
#
# The absolute value of the slope, scaled so that the largest is 1. In a picture without any slope, all are 0.

# %%
# GRADED FUNCTION: edges


def edges(X):
    """Find vertical edges by KERNEL.

    Args:
        X: a picture, shape (r, c).

    Returns:
        E: numbers from 0 to 1, shape (r - 2, c - 2).
    """
    # YOUR CODE STARTS HERE
    E = np.abs(convolve(X, KERNEL))  # (r - 2, c - 2)
    if E.max() > 0:
        E = E / E.max()
    # YOUR CODE ENDS HERE

    return E


# %%
edges_test(edges)

# %% [markdown]
# ### Exercise 3: histogram equalisation
#
# With $C(g)$, the share of pixels that are at most $g$, a pixel of the grey value $g$ becomes
# $\lfloor 255 \, C(g) \rfloor$.

# %%
# GRADED FUNCTION: equalize


def equalize(X):
    """Spread the grey values of a picture.

    Args:
        X: a picture of whole numbers from 0 to 255, shape (r, c), dtype uint8.

    Returns:
        Y: the picture with other grey values, shape (r, c), dtype uint8.
    """
    # YOUR CODE STARTS HERE
    counts = np.bincount(X.ravel(), minlength=256)  # (256,)
    C = np.cumsum(counts) / X.size  # (256,)
    Y = np.floor(255 * C)[X].astype(np.uint8)  # (r, c)
    # YOUR CODE ENDS HERE

    return Y


# %%
equalize_test(equalize)

# %% [markdown]
# ### Exercise 4: a part of the picture
#
# `pictures.h5` has the dataset `evening`.

# %%
# GRADED FUNCTION: crop


def crop(top, left, rows, columns):
    """Read a part of the picture `evening`, and its mean.

    Args:
        top: the first row.
        left: the first column.
        rows: how many rows.
        columns: how many columns.

    Returns:
        part: the pixels, shape (rows, columns), dtype uint8.
        mean: their mean.
    """
    # YOUR CODE STARTS HERE
    with h5py.File("pictures.h5", "r") as file:
        part = file["evening"][top : top + rows, left : left + columns]
    mean = part.mean()
    # YOUR CODE ENDS HERE

    return part, mean


# %%
crop_test(crop)

# %% [markdown]
# ### Exercise 5: how bright is the evening?
#
# The median of the grey values of the whole picture.

# %%
with h5py.File("pictures.h5", "r") as file:
    evening = file["evening"][:]

# %%
# GRADED VARIABLE: brightness
# YOUR CODE STARTS HERE
brightness = np.median(evening)
# YOUR CODE ENDS HERE

# %%
brightness_test(brightness)
