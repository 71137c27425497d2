"""There are as many hidden units as inputs."""


def layer_sizes(X, Y):
    return X.shape[0], X.shape[0], Y.shape[0]
