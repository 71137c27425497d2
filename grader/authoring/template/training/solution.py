# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Train a classifier
#
# Gradient descent for logistic regression, without loops over examples. Write between the marker lines, delete
# the line that raises NotImplementedError, and run the cell below to test what you wrote.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: one gradient
#
# With $a = \sigma(X w)$, the cost and its gradient are
#
# $$J = -\frac{1}{m} \sum_i \left( y_i \log a_i + (1 - y_i) \log (1 - a_i) \right), \qquad
# \frac{\partial J}{\partial w} = \frac{1}{m} X^T (a - y)$$

# %%
# GRADED FUNCTION: gradient


def gradient(w, X, y):
    """Compute the cost of logistic regression and its gradient.

    Args:
        w: the weights, shape (n,).
        X: m examples of n features, shape (m, n).
        y: their labels 0 and 1, shape (m,).

    Returns:
        cost: the mean cross-entropy.
        dw: its gradient, shape (n,).
    """
    # YOUR CODE STARTS HERE
    a = 1 / (1 + np.exp(-(X @ w)))  # (m, n) @ (n,) -> (m,)
    cost = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    dw = X.T @ (a - y) / y.size  # (n, m) @ (m,) -> (n,)
    # YOUR CODE ENDS HERE

    return cost, dw


# %%
gradient_test(gradient)

# %% [markdown]
# ### Exercise 2: the training
#
# From $w = 0$, make as many steps $w \leftarrow w - \alpha \, \partial J / \partial w$ as are asked for. Of your
# weights it counts how well they classify.

# %%
# GRADED FUNCTION: train


def train(X, y, rate, steps):
    """Train the weights of logistic regression by gradient descent.

    Args:
        X: m examples of n features, shape (m, n).
        y: their labels 0 and 1, shape (m,).
        rate: the learning rate.
        steps: the number of steps.

    Returns:
        w: the weights, shape (n,).
    """
    # YOUR CODE STARTS HERE
    w = np.zeros(X.shape[1])  # (n,)
    for _ in range(steps):
        _, dw = gradient(w, X, y)
        w = w - rate * dw
    # YOUR CODE ENDS HERE

    return w


# %%
train_test(train)
