# %%
import numpy as np

# %%
# GRADED FUNCTION: centered


def centered(x):
    """Move x, shape (n,), to the mean 0."""
    # YOUR CODE STARTS HERE
    y = x - x.mean()
    # YOUR CODE ENDS HERE

    return y


# %%
# GRADED FUNCTION: ranked


def ranked(x):
    """Return the positions, shape (n,), at which the values of x, shape (n,), stand in ascending order."""
    # YOUR CODE STARTS HERE
    order = np.argsort(x)
    # YOUR CODE ENDS HERE

    return order


# %%
# GRADED FUNCTION: largest


def largest(x):
    """Return the largest value of x, shape (n,), found in one loop."""
    # YOUR CODE STARTS HERE
    found = x[0]
    for value in x:
        if value > found:
            found = value
    # YOUR CODE ENDS HERE

    return found


# %% [markdown]
# **Question: why** Why does one loop suffice?
