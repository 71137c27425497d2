"""double and tag earn nothing: who calls quadruple calls its author's, beside the author's double."""


def double(x):
    return None


def tag(parameters, label):
    return {"W": 0.75 * quadruple(parameters["W"]), "label": label.upper()}
