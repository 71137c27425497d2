"""Selecting, sorting, stacking, splitting."""
import numpy as np


def double(x):
    order = np.argsort(x, axis=None)
    flat = np.empty(x.size)
    flat[order] = np.sort(x, axis=None)
    halves = np.concatenate(np.array_split(flat, 2))
    return np.where(x > 0, 2, 2) * np.vstack([halves]).reshape(x.shape)
