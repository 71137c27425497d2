"""It uses up the budget for answers: every call returns an array of three megabytes."""
import numpy as np


def double(x):
    return np.zeros((1000, 400))


def norm(A):
    return np.zeros((1000, 400))


def quadruple(x):
    return np.zeros((1000, 400))


def tag(parameters, label):
    return np.zeros((1000, 400))
