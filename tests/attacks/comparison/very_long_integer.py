"""norm earns nothing (wrong_value): an integer beyond all floats is a wrong answer and nothing worse."""


def norm(A):
    return 10**400
