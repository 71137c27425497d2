"""tag earns nothing (raised): the text of an exception in a hidden call is not told."""


def tag(parameters, label):
    raise ValueError(f"the label is {label}")
