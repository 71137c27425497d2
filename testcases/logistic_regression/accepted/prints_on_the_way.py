"""Prints in every round, and calls by keyword."""


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=True):
    costs = []
    for i in range(num_iterations):
        grads, cost = propagate(w=w, b=b, X=X, Y=Y)
        w, b = w - learning_rate * grads["dw"], b - learning_rate * grads["db"]
        if not i % 100:
            costs += [cost]
        print("round", i, "cost", cost, w.ravel()[:2])
    return {"w": w, "b": b}, grads, costs


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    d = {"learning_rate": learning_rate, "num_iterations": num_iterations}
    start = initialize_with_zeros(len(X_train))
    params, _, d["costs"] = optimize(
        *start, X=X_train, Y=Y_train, num_iterations=num_iterations, learning_rate=learning_rate
    )
    d.update(params)
    for part, X in (("train", X_train), ("test", X_test)):
        d["Y_prediction_" + part] = predict(d["w"], d["b"], X)
    return d
