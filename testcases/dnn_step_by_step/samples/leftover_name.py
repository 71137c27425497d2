def L_model_backward(AL, Y, caches):
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in reversed(range(len(caches))):
        name = "sigmoid" if l == len(caches) - 1 else "relu"
        dA_prev, dW, db = linear_activation_backward(dA, caches[l], name)
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = dA_previous, dW, db
        dA = dA_prev
    return grads
