"""norm earns nothing (wrong_type): a list that holds itself."""


def norm(A):
    cyclic = []
    cyclic.append(cyclic)
    return cyclic
