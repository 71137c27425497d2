# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # A line through points
#
# One class with three methods. Write between the marker lines, delete the line that raises
# NotImplementedError, and run the cell below to test what you wrote. Each method has points of its own: a
# mistake in one of them does not cost those of another.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: linear regression
#
# The weights $w$ and the intercept $b$ that minimize $\sum_i (X_i w + b - y_i)^2$, the predictions
# $\hat y = X w + b$, and the score
#
# $$R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}$$

# %%
# GRADED CLASS: LinearRegression


class LinearRegression:
    """Least squares. `weights`, shape (n,), and `intercept` are known after `fit`."""

    def fit(self, X, y):
        """Find the weights and the intercept.

        Args:
            X: m examples of n features, shape (m, n).
            y: their values, shape (m,).
        """
        # YOUR CODE STARTS HERE
        with_ones = np.column_stack([X, np.ones(len(X))])  # (m, n + 1)
        solution = np.linalg.lstsq(with_ones, y, rcond=None)[0]  # (n + 1,)
        self.weights, self.intercept = solution[:-1], solution[-1]
        # YOUR CODE ENDS HERE

    def predict(self, X):
        """Predict values.

        Args:
            X: m examples of n features, shape (m, n).

        Returns:
            the predictions, shape (m,).
        """
        # YOUR CODE STARTS HERE
        return X @ self.weights + self.intercept  # (m, n) @ (n,) -> (m,)
        # YOUR CODE ENDS HERE

    def score(self, X, y):
        """Say how good the predictions are.

        Args:
            X: m examples of n features, shape (m, n).
            y: their values, shape (m,).

        Returns:
            the share of the variance of y that is explained, 1 for perfect predictions.
        """
        # YOUR CODE STARTS HERE
        residuals = y - self.predict(X)  # (m,)
        return 1 - np.sum(residuals**2) / np.sum((y - y.mean()) ** 2)
        # YOUR CODE ENDS HERE


# %%
LinearRegression_fit_test(LinearRegression)
LinearRegression_predict_test(LinearRegression)
LinearRegression_score_test(LinearRegression)
