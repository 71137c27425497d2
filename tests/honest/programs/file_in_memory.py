"""An HDF5 file that is never on a disk."""
import h5py
import numpy as np


def double(x):
    with h5py.File("memory.h5", "w", driver="core", backing_store=False) as file:
        file["x"] = x
        return 2 * np.array(file["x"])
