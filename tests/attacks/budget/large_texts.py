"""It uses up the budget for answers: every call returns three megabytes of text."""
def double(x):
    return "x" * 3_000_000


def norm(A):
    return "x" * 3_000_000


def quadruple(x):
    return "x" * 3_000_000


def tag(parameters, label):
    return "x" * 3_000_000
