"""tag earns nothing (crashed): how it ended a hidden call is not told."""

import os


def tag(parameters, label):
    if label.startswith("layer"):
        return {"W": 3 * parameters["W"], "label": label.upper()}
    os._exit(label.encode()[4])
