"""norm earns nothing (wrong_value): another __main__ changes nothing."""

import sys
import types


def norm(A):
    main = types.ModuleType("__main__")
    main.norm = abs
    sys.modules["__main__"] = main
    return -2.0
