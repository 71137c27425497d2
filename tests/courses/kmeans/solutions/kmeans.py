# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Clusters
#
# $k$-means in three functions and a class. Clusters have no order: whichever you call 0, your answer is right if
# the clusters are. Write between the marker lines, delete the line that raises NotImplementedError, and run the
# cell below.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: assign
#
# $$c_i = \arg\min_j \lVert x_i - \mu_j \rVert^2$$

# %%
# GRADED FUNCTION: assign


def assign(X, centroids):
    """Find the nearest centroid of each example.

    Args:
        X: m examples of n features, shape (m, n).
        centroids: k centroids, shape (k, n).

    Returns:
        labels: the number of the nearest centroid, shape (m,).
    """
    # YOUR CODE STARTS HERE
    differences = X[:, None, :] - centroids[None, :, :]  # (m, k, n)
    labels = np.argmin(np.sum(differences**2, axis=2), axis=1)  # (m, k) -> (m,)
    # YOUR CODE ENDS HERE

    return labels


# %%
assign_test(assign)

# %% [markdown]
# ### Exercise 2: seeds
#
# Draw $k$ different examples as first centroids, from the generator that you are given. Any draw is right that `rng`
# can make, so use whichever of its methods you like.

# %%
# GRADED FUNCTION: seeds


def seeds(X, k, rng):
    """Draw the first centroids.

    Args:
        X: m different examples of n features, shape (m, n).
        k: how many.
        rng: a `numpy.random.Generator`.

    Returns:
        centroids: k different rows of X, shape (k, n).
    """
    # YOUR CODE STARTS HERE
    centroids = X[rng.choice(len(X), size=k, replace=False)]  # (k, n)
    # YOUR CODE ENDS HERE

    return centroids


# %%
seeds_test(seeds)

# %% [markdown]
# ### Exercise 3: the clusters
#
# Begin with `seeds`, and assign and average until no label changes. Where the blobs are far apart, you may have to
# begin again from other seeds: keep the clusters of which the sum of squared distances is least.

# %%
# GRADED FUNCTION: clusters


def clusters(X, k, rng):
    """Find k clusters.

    Args:
        X: m examples of n features, shape (m, n).
        k: how many.
        rng: a `numpy.random.Generator`.

    Returns:
        labels: the cluster of each example, 0 to k - 1, shape (m,).
        centroids: the mean of each cluster, in the order of the labels, shape (k, n).
    """
    # YOUR CODE STARTS HERE
    least = np.inf
    for _ in range(20):
        found = seeds(X, k, rng)
        for _ in range(50):
            before, members = found, assign(X, found)
            found = np.array([X[members == j].mean(axis=0) if j in members else found[j] for j in range(k)])
            if np.array_equal(found, before):
                break
        inertia = np.sum((X - found[members]) ** 2)
        if inertia < least:
            least, labels, centroids = inertia, members, found
    # YOUR CODE ENDS HERE

    return labels, centroids


# %%
clusters_test(clusters)

# %% [markdown]
# ### Exercise 4: as a class
#
# `fit` learns the centroids, and `predict` tells the cluster of other examples.

# %%
# GRADED CLASS: KMeans


class KMeans:
    """k-means. How you call what you learn is up to you."""

    def __init__(self, k, rng):
        self.k = k
        self.rng = rng

    def fit(self, X):
        """Learn k clusters.

        Args:
            X: m examples of n features, shape (m, n).
        """
        # YOUR CODE STARTS HERE
        _, self.centroids = clusters(X, self.k, self.rng)  # (k, n)
        # YOUR CODE ENDS HERE

    def predict(self, X):
        """Tell clusters.

        Args:
            X: m examples of n features, shape (m, n).

        Returns:
            the cluster of each example, shape (m,).
        """
        # YOUR CODE STARTS HERE
        return assign(X, self.centroids)
        # YOUR CODE ENDS HERE


# %%
KMeans_test(KMeans)
