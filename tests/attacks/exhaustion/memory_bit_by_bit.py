"""norm earns nothing: memory in small pieces comes to an end too."""


def norm(A):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
