"""It uses up the budget for answers: every call returns arrays by their names."""
import numpy as np


def double(x):
    return {str(i): np.zeros(10_000) for i in range(40)}


def norm(A):
    return {str(i): np.zeros(10_000) for i in range(40)}


def quadruple(x):
    return {str(i): np.zeros(10_000) for i in range(40)}


def tag(parameters, label):
    return {str(i): np.zeros(10_000) for i in range(40)}
