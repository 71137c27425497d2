# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Train a small network
#
# One hidden layer, gradient descent, and no loop over examples: `for` is forbidden where the text says so.
# Write between the marker lines, delete the line that raises NotImplementedError, and run the cell below.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: initialize
#
# The weights are $W = 0.1 \, N$ with $N$ standard normal, drawn from `rng` in the order $W_1$, $W_2$; the biases
# are 0. The shapes earn points of their own.

# %%
# GRADED FUNCTION: initialize


def initialize(n_in, n_hidden, rng):
    """Make the parameters of a network with one hidden layer and one output.

    Args:
        n_in: the number of features.
        n_hidden: the number of hidden units.
        rng: a `numpy.random.Generator`.

    Returns:
        W1: shape (n_hidden, n_in).
        b1: shape (n_hidden, 1).
        W2: shape (1, n_hidden).
        b2: shape (1, 1).
    """
    # YOUR CODE STARTS HERE
    W1 = 0.1 * rng.standard_normal((n_hidden, n_in))
    b1 = np.zeros((n_hidden, 1))
    W2 = 0.1 * rng.standard_normal((1, n_hidden))
    b2 = np.zeros((1, 1))
    # YOUR CODE ENDS HERE

    return W1, b1, W2, b2


# %%
initialize_test(initialize)

# %% [markdown]
# ### Exercise 2: the cost and its gradients, without `for`
#
# $$A_1 = \tanh(W_1 X + b_1), \qquad a = \sigma(W_2 A_1 + b_2), \qquad
# J = -\frac{1}{m} \sum_i \left( y_i \log a_i + (1 - y_i) \log(1 - a_i) \right)$$

# %%
# GRADED FUNCTION: step


def step(parameters, X, y):
    """Compute the cost and its gradients.

    Args:
        parameters: the tuple (W1, b1, W2, b2).
        X: m examples of n features, shape (n, m).
        y: their labels 0 and 1, shape (1, m).

    Returns:
        cost: a number.
        gradients: the tuple (dW1, db1, dW2, db2), shapes as those of the parameters.
    """
    # YOUR CODE STARTS HERE
    W1, b1, W2, b2 = parameters
    m = X.shape[1]
    A1 = np.tanh(W1 @ X + b1)  # (h, n) @ (n, m) -> (h, m)
    a = 1 / (1 + np.exp(-(W2 @ A1 + b2)))  # (1, h) @ (h, m) -> (1, m)
    cost = -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))
    dz2 = (a - y) / m  # (1, m)
    dZ1 = (W2.T @ dz2) * (1 - A1**2)  # (h, 1) @ (1, m) -> (h, m)
    gradients = (
        dZ1 @ X.T,  # (h, m) @ (m, n) -> (h, n)
        dZ1.sum(axis=1, keepdims=True),  # (h, 1)
        dz2 @ A1.T,  # (1, m) @ (m, h) -> (1, h)
        dz2.sum(axis=1, keepdims=True),  # (1, 1)
    )
    # YOUR CODE ENDS HERE

    return cost, gradients


# %%
step_test(step)

# %% [markdown]
# ### Exercise 3: the training loop
#
# From `initialize(n, n_hidden, rng)`, make `steps` steps $p \leftarrow p - \alpha \, \partial J / \partial p$ for
# each parameter. Note the cost before each step: it is compared within one percent.

# %%
# GRADED FUNCTION: costs


def costs(X, y, n_hidden, rate, steps, rng):
    """Train the network; note the cost before each step.

    Args:
        X: m examples of n features, shape (n, m).
        y: their labels 0 and 1, shape (1, m).
        n_hidden: the number of hidden units.
        rate: the learning rate.
        steps: the number of steps.
        rng: a `numpy.random.Generator`.

    Returns:
        noted: the costs, shape (steps,).
    """
    # YOUR CODE STARTS HERE
    parameters = initialize(X.shape[0], n_hidden, rng)
    noted = np.zeros(steps)
    for i in range(steps):
        noted[i], gradients = step(parameters, X, y)
        parameters = tuple(p - rate * dp for p, dp in zip(parameters, gradients, strict=True))
    # YOUR CODE ENDS HERE

    return noted


# %%
costs_test(costs)

# %% [markdown]
# ### Exercise 4: your own classifier
#
# Learn to classify by any means that NumPy offers. Some of the labels to learn from are wrong. At least 80 % of
# *other* examples of the same two classes have to be right. You may use a network, nearest neighbours, or what you like.

# %%
# GRADED FUNCTION: classify


def classify(X, y, new):
    """Predict the labels of new examples.

    Args:
        X: m examples of n features, shape (n, m).
        y: their labels 0 and 1, shape (1, m).
        new: k examples, shape (n, k).

    Returns:
        labels: 0 or 1 for each new example, shape (k,).
    """
    # YOUR CODE STARTS HERE
    squares = np.sum((new[:, :, None] - X[:, None, :]) ** 2, axis=0)  # (k, m)
    nearest = np.argsort(squares, axis=1)[:, :5]  # (k, 5)
    labels = (y[0, nearest].mean(axis=1) > 0.5).astype(int)  # (k,)
    # YOUR CODE ENDS HERE

    return labels


# %%
classify_test(classify)

# %% [markdown]
# ### Bonus: a smooth curve, without `for` and `while`
#
# The mean of each window of $k$ neighbouring costs.

# %%
# GRADED FUNCTION: smooth


def smooth(x, k):
    """Average over a sliding window.

    Args:
        x: n numbers, shape (n,).
        k: the length of the window, at most n.

    Returns:
        means: the mean of each window, shape (n - k + 1,).
    """
    # YOUR CODE STARTS HERE
    sums = np.concatenate([[0.0], np.cumsum(x)])  # (n + 1,)
    means = (sums[k:] - sums[:-k]) / k
    # YOUR CODE ENDS HERE

    return means


# %%
smooth_test(smooth)

# %% [markdown]
# **Question: symmetry** Why are the weights random and the biases not?
#
# *Write your answer here.*
