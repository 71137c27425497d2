"""Prints what it computes, as one does while looking for a mistake."""


def linear_activation_forward(A_prev, W, b, activation):
    print("A_prev", A_prev.shape, "W", W.shape)
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
    elif activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    print(A)
    return A, (linear_cache, activation_cache)
