"""tag earns nothing (raised): the line that raises in a hidden call is not told."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    if n & 4:
        raise ValueError
    if n & 2:
        raise ValueError
    raise ValueError
