"""tag earns nothing (wrong_structure): nor is how many keys there are."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    return {**right, **dict.fromkeys("abcdefgh"[: n + 1])}
