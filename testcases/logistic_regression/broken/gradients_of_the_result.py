"""The gradients are those after the last step, not those of it."""


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        if i % 100 == 0:
            costs.append(cost)
    grads, _ = propagate(w, b, X, Y)
    params = {"w": w, "b": b}
    return params, grads, costs
