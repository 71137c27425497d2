"""tag earns nothing: a dictionary that holds itself."""


def tag(parameters, label):
    cyclic = {}
    cyclic["W"] = cyclic["label"] = cyclic
    return cyclic
