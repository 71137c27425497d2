"""tag earns nothing (wrong_structure): an answer of many keys is explained in time."""


def tag(parameters, label):
    return {f"{name}{i}": 0 for name in "Wb" for i in range(1000)}
