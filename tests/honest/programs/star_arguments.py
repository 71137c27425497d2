"""Arguments that are taken and handed on as they come."""


def scale(*arrays, factor=2, **rest):
    return [factor * array for array in arrays][0]


def double(x, *args, **kwargs):
    return scale(x, *args, factor=2, **kwargs)
