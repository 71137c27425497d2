"""tag earns nothing (wrong_value): nor is a ratio that all elements have."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return {**right, "W": right["W"] * (n + 2)}
