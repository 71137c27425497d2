"""double earns nothing (wrong_shape): many axes are no answer."""


def double(x):
    return (2 * x).reshape((1,) * 30 + x.shape)
