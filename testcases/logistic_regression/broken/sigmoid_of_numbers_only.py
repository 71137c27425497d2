"""It is right for numbers, and fails for arrays, as functions of the math module do."""

import math


def sigmoid(z):
    return 1 / (1 + math.exp(-z))
