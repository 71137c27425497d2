"""double earns nothing (wrong_dtype): dates are not numbers."""


def double(x):
    return (2 * x).astype("datetime64[ns]")
