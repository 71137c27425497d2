"""tag earns nothing (wrong_value): nor is the part of it that is wrong."""


def tag(parameters, label):
    right = label.startswith("layer")
    return {"W": 3 * parameters["W"], "label": label.upper() if right else f"it is {label}"}
