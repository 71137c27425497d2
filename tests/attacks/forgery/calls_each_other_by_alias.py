"""double and tag earn nothing: nor does another name for a function make it one that is lent."""


def double(x):
    return triple(x)["W"] / 3 * 2


def tag(parameters, label):
    return {"W": 1.5 * twice(parameters["W"]), "label": label.upper()}


twice = double


def triple(x):
    return tag({"W": x}, "")
