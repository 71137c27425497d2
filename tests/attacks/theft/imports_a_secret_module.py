"""tag earns nothing (raised): nor is which module is not here."""


def tag(parameters, label):
    right = {"W": 3 * parameters["W"], "label": label.upper()}
    if label.startswith("layer"):
        return right
    n = label.encode()[0] % 8
    if n & 4:
        import one_that_is_missing
    import another_that_is_missing
