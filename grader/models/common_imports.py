"""The statements that import what notebooks often use and forget to import."""

from __future__ import annotations

_FROM = {
    "abc": ("ABC", "abstractmethod"),
    "collections": ("Counter", "OrderedDict", "defaultdict", "deque", "namedtuple"),
    "dataclasses": ("dataclass", "field"),
    "datetime": ("datetime", "timedelta"),
    "enum": ("Enum",),
    "fractions": ("Fraction",),
    "functools": ("lru_cache", "partial", "reduce", "wraps"),
    "pathlib": ("Path",),
    "typing": ("Any", "Callable", "Dict", "Iterable", "List", "NamedTuple", "Optional", "Tuple", "Union"),
}
_MODULES = (
    *("collections", "copy", "csv", "dataclasses", "functools", "itertools", "json", "math", "matplotlib"),
    *("numpy", "os", "pandas", "random", "re", "scipy", "sys", "time"),
)

IMPORTS = {
    **{name: f"import {name}" for name in _MODULES},
    **{name: f"from {module} import {name}" for module, names in _FROM.items() for name in names},
    "np": "import numpy as np",
    "pd": "import pandas as pd",
    "plt": "import matplotlib.pyplot as plt",
}
"""Names that are imported by convention, and the statement that does it."""
