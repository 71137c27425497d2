"""tag earns nothing (wrong_value): nor is how many elements are wrong."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    right["W"][0, : (n & 1) + 1] += 1
    return right
