"""Names for numbers."""
from enum import Enum, auto


class Factor(Enum):
    ONE = auto()
    TWO = auto()


def double(x):
    return x * Factor.TWO.value
