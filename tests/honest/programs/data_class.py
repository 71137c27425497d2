"""A class of its own between two functions."""
from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Layer:
    W: np.ndarray
    names: list = field(default_factory=list)


def tag(parameters, label):
    layer = Layer(parameters["W"], [label])
    return {"W": 3 * layer.W, "label": layer.names[0].upper()}
