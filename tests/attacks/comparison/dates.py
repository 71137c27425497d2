"""double earns nothing (wrong_type): dates are not numbers."""


def double(x):
    return (2 * x).astype("datetime64[ns]")
