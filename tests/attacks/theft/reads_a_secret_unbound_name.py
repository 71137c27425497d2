"""tag earns nothing (raised): nor is which name is unbound, though the notebook reads it."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return first if n & 4 else second
