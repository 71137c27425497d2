"""tag earns nothing (wrong_type): the class of an answer to a hidden call is not named."""


def tag(parameters, label):
    if label.startswith("layer"):
        return {"W": 3 * parameters["W"], "label": label.upper()}
    return type(label, (), {})()
