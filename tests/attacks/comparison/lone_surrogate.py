"""tag earns nothing (wrong_value): a text that no file can hold is a wrong text and nothing worse."""


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": "\ud800\udfff"}
