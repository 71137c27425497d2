"""tag earns nothing (raised): nor is what an exception may mean."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    raise (ZeroDivisionError(), RecursionError())[n % 2]
