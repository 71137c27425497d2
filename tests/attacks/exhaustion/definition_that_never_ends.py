"""norm earns nothing: a default value that takes forever costs the function that has it."""


def forever():
    while True:
        pass


def norm(A, never=forever()):
    return 0.0
