# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The weather of a place
#
# The files in the folder `data` have one line for each month of a year: its mean temperature in degrees Celsius, and
# its rain in millimetres. Write between the marker lines, delete the line that raises NotImplementedError, and run the
# cell below to test what you wrote.

# %%
import numpy as np
from public_tests import *

# %% [markdown]
# ### Exercise 1: read a table
#
# The first line of a file has the names of its columns. Skip it, and the column of months.

# %%
# GRADED FUNCTION: read_weather


def read_weather(path):
    """Read the weather of a place.

    Args:
        path: the path of a file, such as "data/oslo.csv".

    Returns:
        temperature: the mean temperature of each month, shape (12,).
        rain: the rain of each month, shape (12,).
    """
    # YOUR CODE STARTS HERE
    temperature, rain = np.loadtxt(path, delimiter=",", skiprows=1, usecols=(1, 2), unpack=True)
    # YOUR CODE ENDS HERE

    return temperature, rain


# %%
read_weather_test(read_weather)

# %% [markdown]
# ### Exercise 2: the most similar month
#
# Find the month of a place whose weather is nearest to some weather $(t, r)$: the one with the smallest
# $(t_i - t)^2 + (r_i - r)^2$, both in the units of the file.

# %%
# GRADED FUNCTION: nearest_month


def nearest_month(path, t, r):
    """Find the month whose weather is nearest.

    Args:
        path: the path of a file.
        t: a temperature.
        r: an amount of rain.

    Returns:
        month: its number, 0 for January.
    """
    # YOUR CODE STARTS HERE
    temperature, rain = read_weather(path)
    month = np.argmin((temperature - t) ** 2 + (rain - r) ** 2)
    # YOUR CODE ENDS HERE

    return month


# %%
nearest_month_test(nearest_month)
