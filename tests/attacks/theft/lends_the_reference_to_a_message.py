"""double and quadruple earn nothing: what the reference of another function is made of is not told."""


def double(x):
    return None


def quadruple(x):
    code = double.__code__
    raise ValueError(f"lent: {code.co_filename} {code.co_code.hex()}")
