"""tag earns nothing (wrong_type): nor is the type of an answer."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return {**right, "W": ("a text", [])[n % 2]}
