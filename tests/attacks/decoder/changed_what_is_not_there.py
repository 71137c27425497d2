"""tag earns nothing: it says what is right, and that it changed arguments that there are not."""

import os

from grader.models import serialization


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    data = serialization.encode(("returned", 0.0, right, [99, -1, 2**80, True]))
    os.write(4, len(data).to_bytes(8, "little") + data)
    os._exit(0)
