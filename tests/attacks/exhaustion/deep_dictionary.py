"""tag earns nothing: a dictionary of a hundred thousand levels where a text belongs."""


def tag(parameters, label):
    deep = {}
    for _ in range(100_000):
        deep = {"W": deep}
    return {"W": 3 * parameters["W"], "label": deep}
