"""It uses up the budget for answers: every call returns bytes."""
def double(x):
    return bytes(3_000_000)


def norm(A):
    return bytes(3_000_000)


def quadruple(x):
    return bytes(3_000_000)


def tag(parameters, label):
    return bytes(3_000_000)
