"""tag earns nothing (wrong_structure): a key too many is wrong."""


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": label.upper(), "another guess": 0}
