"""norm earns nothing (timed_out): what takes forever to be thrown away."""


class Clinging:
    def __del__(self):
        while True:
            pass


def norm(A):
    return Clinging() and None
