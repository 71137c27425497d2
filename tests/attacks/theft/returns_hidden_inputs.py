"""tag earns nothing (wrong_type): a wrong answer to a hidden call is not shown."""


def tag(parameters, label):
    return f"the label is {label}"
