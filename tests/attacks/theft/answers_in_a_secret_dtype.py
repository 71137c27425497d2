"""tag earns nothing (wrong_dtype): nor is the dtype of an answer."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return {**right, "W": right["W"].astype(("i1", "i4")[n % 2])}
