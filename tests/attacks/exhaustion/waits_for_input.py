"""norm earns nothing (raised): nobody types an answer."""


def norm(A):
    return float(input("The answer? "))
