# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Temperatures of a week
#
# Replace each `...` by code that computes the answer, and run the cell below: it says whether your answer is
# of the right kind. Whether it is right you learn when it is graded.

# %%
import numpy as np
from public_tests import *

# %%
# Seven days (rows), measured at 6, 12 and 18 hours (columns), in degrees Celsius.
temperatures = np.array([
    [11.2, 18.4, 15.1],
    [12.0, 20.3, 16.8],
    [9.7, 16.9, 14.2],
    [10.4, 21.6, 17.7],
    [13.1, 22.8, 19.0],
    [12.6, 19.5, 15.9],
    [8.9, 15.2, 12.3],
])

# %% [markdown]
# ### Question 1
# The mean temperature of each day, an array of shape (7,).

# %%
# GRADED VARIABLE: daily_mean
# YOUR CODE STARTS HERE
daily_mean = temperatures.mean(axis=1)
# YOUR CODE ENDS HERE

# %%
daily_mean_test(daily_mean)

# %% [markdown]
# ### Question 2
# The number of the warmest day, counted from 0, by its mean.

# %%
# GRADED VARIABLE: warmest_day
# YOUR CODE STARTS HERE
warmest_day = int(np.argmax(daily_mean))
# YOUR CODE ENDS HERE

# %%
warmest_day_test(warmest_day)

# %% [markdown]
# ### Question 3
# The largest rise from the morning to noon of one day, in degrees Fahrenheit.

# %%
# GRADED VARIABLE: largest_rise
# YOUR CODE STARTS HERE
rises = temperatures[:, 1] - temperatures[:, 0]
largest_rise = float(rises.max() * 9 / 5)
# YOUR CODE ENDS HERE

# %%
largest_rise_test(largest_rise)

# %% [markdown]
# **Question: explain** Why is the mean of three measurements not the mean temperature of the day?
#
# *Write your answer here.*
