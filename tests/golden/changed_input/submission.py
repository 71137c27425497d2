# %%
import numpy as np

# %%
def centered(x):
    """Right, but the caller's list is no longer what it was."""
    x -= x.mean()
    return x

# %%
def ranked(x):
    """Sorts the caller's list, which this exercise does not mind."""
    order = x.argsort()
    x.sort()
    return order
