"""tag earns nothing (changed_input): it returns what is right and spoils what it was given."""


def tag(parameters, label):
    parameters["W"] *= 3
    return {"W": parameters["W"], "label": label.upper()}
