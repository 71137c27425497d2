"""tag earns nothing (wrong_value): and in a wrong answer."""


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": "<script>alert(1)</script>"}
