"""double and tag earn nothing: a function that is a default of a parameter is called all the same."""


def double(x):
    return tag({"W": x}, "")["W"] / 3 * 2


def tag(parameters, label, twice=double):
    return {"W": 1.5 * twice(parameters["W"]), "label": label.upper()}
