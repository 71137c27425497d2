"""tag earns nothing (raised): nor is what is wrong with a key that is looked up."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    return parameters[("w", "b")[label.encode()[0] % 2]]
