"""norm earns nothing: nor does it help to go on when there is none left."""


def norm(A):
    kept = []
    while True:
        try:
            kept.append(bytearray(1 << 26))
        except MemoryError:
            kept.append(None)
