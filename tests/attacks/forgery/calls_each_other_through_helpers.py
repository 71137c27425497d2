"""double and tag earn nothing: a helper between two functions makes no third."""


def tripled(x):
    return tag({"W": x}, "")["W"]


def doubled(x):
    function = double
    return function(x)


def double(x):
    return tripled(x) / 3 * 2


def tag(parameters, label):
    return {"W": 1.5 * doubled(parameters["W"]), "label": label.upper()}
