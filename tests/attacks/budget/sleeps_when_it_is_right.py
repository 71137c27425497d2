"""It uses up the budget for time: every right answer comes late."""
import time

import numpy as np


def double(x):
    time.sleep(0.35)
    return 2 * x


def norm(A):
    time.sleep(0.35)
    return np.sqrt((A**2).sum())


def quadruple(x):
    time.sleep(0.35)
    return 4 * x


def tag(parameters, label):
    time.sleep(0.35)
    return {"W": 3 * parameters["W"], "label": label.upper()}
