"""Functions without a name."""

twice = lambda x: 2 * x


def double(x):
    return (lambda f: f(x))(twice)
