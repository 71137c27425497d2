"""norm earns nothing: no memory that outlives it."""

from multiprocessing import shared_memory


def norm(A):
    memory = shared_memory.SharedMemory("attack", create=True, size=64)
    memory.unlink()
    return "achieved"
