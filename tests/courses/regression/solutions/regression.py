# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Linear regression as a class
#
# A model remembers what it learned: `fit` writes attributes of `self`, `predict` and `score` read them. Write
# between the marker lines, delete the line that raises NotImplementedError, and run the cells at the end.
# Each method has points of its own, so begin with whichever you like.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### The mathematics
#
# With the means $\bar X$ and $\bar y$ over the examples, the weights $w$ solve
#
# $$\left( (X - \bar X)^T (X - \bar X) + \lambda I \right) w = (X - \bar X)^T (y - \bar y),$$
#
# the intercept is $b = \bar y - \bar X w$, the predictions are $\hat y = X w + b$, and
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}.$$

# %%
# GRADED CLASS: LinearRegression


class LinearRegression:
    """Least squares with a penalty. `weights`, shape (n,), and `intercept` are known after `fit`."""

    def __init__(self, penalty=0.0):
        self.penalty = penalty
        self.weights = None
        self.intercept = 0.0

    def fit(self, X, y):
        """Learn the weights and the intercept; forget what was learned before.

        Args:
            X: m examples of n features, shape (m, n).
            y: their values, shape (m,).

        Returns:
            the model itself.
        """
        # YOUR CODE STARTS HERE
        X_mean, y_mean = X.mean(axis=0), y.mean()  # (n,), a number
        centred = X - X_mean  # (m, n)
        A = centred.T @ centred + self.penalty * np.eye(X.shape[1])  # (n, n)
        self.weights = np.linalg.solve(A, centred.T @ (y - y_mean))  # (n,)
        self.intercept = y_mean - X_mean @ self.weights
        return self
        # YOUR CODE ENDS HERE

    def predict(self, X):
        """Predict values.

        Args:
            X: m examples of n features, shape (m, n).

        Returns:
            the predictions, shape (m,).

        Raises:
            ValueError: nothing was learned yet.
        """
        # YOUR CODE STARTS HERE
        if self.weights is None:
            raise ValueError("fit the model first")
        return X @ self.weights + self.intercept  # (m, n) @ (n,) -> (m,)
        # YOUR CODE ENDS HERE

    def score(self, X, y):
        """Say how good the predictions are.

        Args:
            X: m examples of n features, shape (m, n).
            y: their values, shape (m,).

        Returns:
            the coefficient of determination, 1 for perfect predictions.
        """
        # YOUR CODE STARTS HERE
        residuals = y - self.predict(X)  # (m,)
        return 1 - np.sum(residuals**2) / np.sum((y - y.mean()) ** 2)
        # YOUR CODE ENDS HERE


# %%
LinearRegression_fit_test(LinearRegression)

# %%
LinearRegression_predict_test(LinearRegression)

# %%
LinearRegression_score_test(LinearRegression)
