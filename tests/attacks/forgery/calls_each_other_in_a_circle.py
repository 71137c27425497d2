"""double and tag earn nothing: what quadruple may be lent is lent to no function that quadruple helps."""


def double(x):
    return quadruple(x) / 2


def quadruple(x):
    return tag({"W": x}, "")["W"] / 3 * 4


def tag(parameters, label):
    return {"W": 1.5 * double(parameters["W"]), "label": label.upper()}
