"""tag earns nothing (wrong_type): nothing is not everything right."""


def tag(parameters, label):
    return ()
