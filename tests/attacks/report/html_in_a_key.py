"""tag earns nothing (wrong_structure): and in a key."""


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": label.upper(), "<script>alert(1)</script>": 0}
