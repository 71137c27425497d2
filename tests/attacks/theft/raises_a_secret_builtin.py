"""tag earns nothing (raised): nor is the name of an exception of Python."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    raise (KeyError, ValueError, TypeError, IndexError, OSError, EOFError, RuntimeError, NameError)[n]
