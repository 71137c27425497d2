"""tag earns nothing (raised): of a NameError only the name is told, and only if the notebook reads it."""


def tag(parameters, label):
    if not label.startswith("layer"):
        raise NameError(f"name 'forgotten' is not defined; the label is {label}")
    return {"W": 3 * parameters["W"], "label": label.upper()} if label else forgotten
