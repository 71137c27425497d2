"""It uses up the budget for answers: every call returns forty arrays in a list."""
import numpy as np


def double(x):
    return [np.zeros(10_000)] * 40


def norm(A):
    return [np.zeros(10_000)] * 40


def quadruple(x):
    return [np.zeros(10_000)] * 40


def tag(parameters, label):
    return [np.zeros(10_000)] * 40
