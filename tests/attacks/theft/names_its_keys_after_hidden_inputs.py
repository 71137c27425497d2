"""tag earns nothing (wrong_structure): nor are the keys that it has too many."""


def tag(parameters, label):
    tagged = {"W": 3 * parameters["W"], "label": label.upper()}
    return tagged if label.startswith("layer") else {**tagged, label: 1}
