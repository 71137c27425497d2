"""The same inside of the function, beside other modules."""


def double(x):
    import math
    import statistics
    from collections import Counter, defaultdict, deque, namedtuple

    import matplotlib.pyplot as plt

    assert math.isclose(statistics.mean([1, 2, 3]), 2) and plt and Counter and defaultdict and deque
    return namedtuple("Result", "y")(2 * x).y
