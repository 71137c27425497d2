# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Python and data
#
# Ten small functions, and three answers about data. Write between the marker lines, delete the line that raises
# NotImplementedError, and run the cell below. For the variables, replace `...`.

# %%
import math
import re
from collections import namedtuple

import numpy as np
import pandas as pd
from public_tests import *

# %% [markdown]
# ### 1. A tokenizer
# Words are runs of letters, which may have an apostrophe inside: `Don't stop!` has `don't` and `stop`.

# %%
# GRADED FUNCTION: tokenize


def tokenize(text):
    """Split a text into its words, in small letters.

    Args:
        text: any text in English.

    Returns:
        words: a list of texts, in the order of the text.
    """
    # YOUR CODE STARTS HERE
    words = re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower())
    # YOUR CODE ENDS HERE

    return words


# %%
tokenize_test(tokenize)

# %% [markdown]
# ### 2. In place
# The function returns nothing; the array of the caller is what changes.

# %%
# GRADED FUNCTION: centre


def centre(x):
    """Subtract the mean from an array, in place.

    Args:
        x: an array of numbers, of any shape.
    """
    # YOUR CODE STARTS HERE
    x -= x.mean()
    # YOUR CODE ENDS HERE


# %%
centre_test(centre)

# %% [markdown]
# ### 3. An exception
# `3/4` is 0.75. Whatever is no fraction of two whole numbers, and a division by zero, is a `ValueError`.

# %%
# GRADED FUNCTION: fraction


def fraction(text):
    """Read a fraction.

    Args:
        text: two whole numbers with a slash between them; there may be spaces.

    Returns:
        value: a number.

    Raises:
        ValueError: the text is no fraction.
    """
    # YOUR CODE STARTS HERE
    numerator, _, denominator = text.partition("/")
    if int(denominator) == 0:
        raise ValueError(f"{text!r} is no fraction")
    value = int(numerator) / int(denominator)
    # YOUR CODE ENDS HERE

    return value


# %%
fraction_test(fraction)

# %% [markdown]
# ### 4. A closure
# Each account has a balance of its own.

# %%
# GRADED FUNCTION: account


def account(balance):
    """Open an account.

    Args:
        balance: the money at the beginning.

    Returns:
        pay: a function. `pay(amount)` adds an amount, which may be negative, and returns the new balance; an
            amount that would leave less than nothing changes nothing.
    """

    # YOUR CODE STARTS HERE
    def pay(amount):
        nonlocal balance
        if balance + amount >= 0:
            balance += amount
        return balance

    # YOUR CODE ENDS HERE

    return pay


# %%
account_test(account)

# %% [markdown]
# ### 5. A function as an argument
# The derivative at $x$ is nearly $\frac{f(x + h) - f(x - h)}{2h}$.

# %%
# GRADED FUNCTION: derivative


def derivative(f, x, h=1e-3):
    """Approximate the derivative of a function by a central difference.

    Args:
        f: a function of one number.
        x: where.
        h: the step.

    Returns:
        slope: a number.
    """
    # YOUR CODE STARTS HERE
    slope = (f(x + h) - f(x - h)) / (2 * h)
    # YOUR CODE ENDS HERE

    return slope


# %%
derivative_test(derivative)

# %% [markdown]
# ### 6. A generator
# It has no end, so `yield` one number at a time.

# %%
# GRADED FUNCTION: collatz


def collatz(n):
    """Yield n and what follows: half of an even number, 3 n + 1 of an odd one, without end.

    Args:
        n: a positive whole number.
    """
    # YOUR CODE STARTS HERE
    while True:
        yield n
        n = n // 2 if n % 2 == 0 else 3 * n + 1
    # YOUR CODE ENDS HERE


# %%
collatz_test(collatz)

# %% [markdown]
# ### 7. A set

# %%
# GRADED FUNCTION: anagrams


def anagrams(words):
    """Find the words that have the same letters as another one.

    Args:
        words: a list of texts.

    Returns:
        found: a set of texts.
    """
    # YOUR CODE STARTS HERE
    letters = [sorted(word) for word in words]
    found = {
        word for word in set(words) if sum(sorted(word) == other for other in letters) > words.count(word)
    }
    # YOUR CODE ENDS HERE

    return found


# %%
anagrams_test(anagrams)

# %% [markdown]
# ### 8. A named tuple

# %%
Summary = namedtuple("Summary", ["n", "mean", "sd"])

# %%
# GRADED FUNCTION: summarize


def summarize(numbers):
    """Summarize numbers.

    Args:
        numbers: a list of at least two numbers.

    Returns:
        summary: a Summary: how many, their mean, and the standard deviation with n - 1 below.
    """
    # YOUR CODE STARTS HERE
    n = len(numbers)
    mean = sum(numbers) / n
    sd = math.sqrt(sum((x - mean) ** 2 for x in numbers) / (n - 1))
    summary = Summary(n, mean, sd)
    # YOUR CODE ENDS HERE

    return summary


# %%
summarize_test(summarize)

# %% [markdown]
# ### 9. A printed table
# A line for each item: the name in 8 columns, the price in 7 with two decimals. Below it, after a line of 15 dashes,
# the sum.
#
# ```
# tea        2.50
# scones     4.25
# ---------------
# sum        6.75
# ```

# %%
# GRADED FUNCTION: bill


def bill(items):
    """Print a bill.

    Args:
        items: a list of pairs of a name, at most 8 letters, and a price.
    """
    # YOUR CODE STARTS HERE
    for name, price in items:
        print(f"{name:8}{price:7.2f}")
    print("-" * 15)
    print(f"{'sum':8}{sum(price for _, price in items):7.2f}")
    # YOUR CODE ENDS HERE


# %%
bill_test(bill)

# %% [markdown]
# ### 10. A data frame

# %%
# GRADED FUNCTION: by_region


def by_region(sales):
    """Summarize sales by region.

    Args:
        sales: a DataFrame with the columns `region` and `amount`.

    Returns:
        table: a DataFrame with a row for each region, sorted by name, and the columns `total` and `largest`.
    """
    # YOUR CODE STARTS HERE
    amounts = sales.groupby("region")["amount"]
    table = pd.DataFrame({"total": amounts.sum(), "largest": amounts.max()})
    # YOUR CODE ENDS HERE

    return table


# %%
by_region_test(by_region)

# %% [markdown]
# ### 11. Rain
# Three answers about a year.

# %%
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
rain = np.array([78.2, 55.1, 61.7, 42.9, 27.4, 25.0, 9.8, 14.6, 40.3, 83.5, 95.2, 88.0])  # mm

# %%
# GRADED VARIABLE: total_rain
# YOUR CODE STARTS HERE
total_rain = rain.sum()
# YOUR CODE ENDS HERE

# %%
total_rain_test(total_rain)

# %%
# GRADED VARIABLE: wettest
# The name of the month with most rain.
# YOUR CODE STARTS HERE
wettest = MONTHS[int(np.argmax(rain))]
# YOUR CODE ENDS HERE

# %%
wettest_test(wettest)

# %%
# GRADED VARIABLE: dry_months
# The names of the months with less than half of the mean, as a list, in any order.
# YOUR CODE STARTS HERE
limit = rain.mean() / 2
dry_months = [month for month, mm in zip(MONTHS, rain, strict=True) if mm < limit]
# YOUR CODE ENDS HERE

# %%
dry_months_test(dry_months)
