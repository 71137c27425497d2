# %%
from collections import namedtuple
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.polynomial import Polynomial

Point = namedtuple("Point", "x y")


@dataclass
class Box:
    width: float
    height: float

    def area(self):
        return self.width * self.height


# %%
def vowels(text):
    """Return the set of vowels."""
    # YOUR CODE STARTS HERE
    found = {c for c in text if c in "aeiou"}
    # YOUR CODE ENDS HERE
    return found


# %%
def middle(points):
    """Return the mean point."""
    # YOUR CODE STARTS HERE
    mean = Point(sum(p.x for p in points) / len(points), sum(p.y for p in points) / len(points))
    # YOUR CODE ENDS HERE
    return mean


# %%
def grow(box, by):
    """Return a larger box."""
    # YOUR CODE STARTS HERE
    larger = Box(box.width * by, box.area() / box.width * by)
    # YOUR CODE ENDS HERE
    return larger


# %%
def pairs(words):
    """Count the pairs of neighbours."""
    # YOUR CODE STARTS HERE
    counts = {}
    for a, b in pairwise(words):
        counts[a, b] = counts.get((a, b), 0) + 1
    # YOUR CODE ENDS HERE
    return counts


# %%
def rows(n):
    """Return the even rows."""
    # YOUR CODE STARTS HERE
    even = range(0, n, 2)
    # YOUR CODE ENDS HERE
    return even


# %%
def fit(x, y):
    """Fit a parabola."""
    # YOUR CODE STARTS HERE
    p = Polynomial.fit(x, y, 2)
    # YOUR CODE ENDS HERE
    return p


# %%
def mondays(days):
    """Return the first day of each week."""
    # YOUR CODE STARTS HERE
    monday = days - ((days.astype("datetime64[D]").view(np.int64) + 3) % 7).astype("timedelta64[D]")
    # YOUR CODE ENDS HERE
    return monday


# %%
def shout(words):
    """Return the words in capitals."""
    # YOUR CODE STARTS HERE
    loud = np.char.upper(words)
    # YOUR CODE ENDS HERE
    return loud
