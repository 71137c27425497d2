"""Computes the cost in a loop with the math module and returns a plain float."""

import math


def compute_cost(AL, Y):
    cost = 0.0
    for a, y in zip(AL.ravel().tolist(), Y.ravel().tolist()):
        cost -= math.log(a if y == 1 else 1 - a)
    return cost / AL.size
