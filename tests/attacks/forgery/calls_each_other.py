"""double and tag earn nothing: two functions that only call each other are none."""


def double(x):
    return tag({"W": x}, "")["W"] / 3 * 2


def tag(parameters, label):
    return {"W": 1.5 * double(parameters["W"]), "label": label.upper()}
