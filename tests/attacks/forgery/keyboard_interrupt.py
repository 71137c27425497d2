"""norm earns nothing (raised): an interrupt of its own making stops only itself."""


def norm(A):
    raise KeyboardInterrupt
