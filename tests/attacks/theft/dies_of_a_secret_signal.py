"""tag earns nothing (crashed): nor is the signal that ended it."""

import os


def tag(parameters, label):
    if label.startswith("layer"):
        return {"W": 3 * parameters["W"], "label": label.upper()}
    os.kill(os.getpid(), (6, 7, 8, 11)[label.encode()[0] % 4])
