"""The pictures of this exercise: they are in the folder `datasets` beside the notebook."""

from __future__ import annotations

import h5py
import numpy as np

FILE = "datasets/{}_catvnoncat.h5"


def load_dataset() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the pictures and labels for training, those for testing, and the names of the two classes.

    The pictures have the shapes (209, 64, 64, 3) and (50, 64, 64, 3), with colours from 0 to 255; the labels
    have the shapes (1, 209) and (1, 50). A label is the place of a picture's class in the names.
    """
    train_set_x_orig, train_set_y, _ = read("train")
    test_set_x_orig, test_set_y, classes = read("test")
    return train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes


def read(part: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return pictures, labels and names of the file of a part, "train" or "test"."""
    path = FILE.format(part)
    try:
        with h5py.File(path, "r") as file:
            names = f"{part}_set_x", f"{part}_set_y", "list_classes"
            pictures, labels, classes = (np.array(file[name]) for name in names)
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"{path} is missing. It came with the notebook: put the folder `datasets` beside it."
        ) from error
    except (OSError, KeyError) as error:
        raise OSError(
            f"{path} is damaged, or another file of that name ({error}). "
            "Put the one that came with the notebook in its place."
        ) from error
    return pictures, labels.reshape(1, -1), classes
