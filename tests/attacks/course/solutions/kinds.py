"""The reference of an assignment with an item of each kind, on which hostile programs are tried."""

# %%
import numpy as np


# %%
# GRADED CLASS: Model
class Model:
    """Centres columns."""

    def fit(self, X):
        """Remember the mean of each column, (m, n) -> (n,)."""
        self.mean = X.mean(axis=0)

    def predict(self, X):
        """The distance from it: (m, n) -> (m, n)."""
        return X - self.mean

    def score(self, X):
        """The mean distance: (m, n) -> a number."""
        return np.abs(self.predict(X)).mean()


# %%
# GRADED FUNCTION: reverse
def reverse(x):
    """Reverse an array in place."""
    x[:] = x[::-1].copy()


# %%
# GRADED FUNCTION: greet
def greet(name):
    """Print a greeting."""
    print(f"Hello {name}!")  # noqa: T201


# %%
# GRADED FUNCTION: ask
def ask():
    """Twice the number that is typed."""
    return 2 * int(input("a number? "))


# %%
# GRADED FUNCTION: root
def root(x):
    """The square root of a number that is not negative."""
    if x < 0:
        raise ValueError("it is negative")
    return float(np.sqrt(x))


# %%
# GRADED FUNCTION: direction
def direction(A):
    """The eigenvector of a symmetric matrix with the largest eigenvalue, (n, n) -> (n,), of either sign."""
    return np.linalg.eigh(A)[1][:, -1]


# %%
numbers = np.array([3.0, 1.0, 2.5])

# %%
# GRADED VARIABLE: total
total = float(numbers.sum())

# %%
# GRADED VARIABLE: largest
largest = {"value": float(np.sort(numbers)[-1])}
