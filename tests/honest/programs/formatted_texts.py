"""Texts from numbers."""


def tag(parameters, label):
    text = f"{label!s:>1}".upper()
    assert f"{3.14159:.2f} {parameters['W'].shape!r:>12}"
    return {"W": 3 * parameters["W"], "label": text}
