"""tag earns nothing (raised): nor is the line."""


def tag(parameters, label):
    if label.startswith("layer"):
        return {"W": 3 * parameters["W"], "label": label.upper()}
    number = int.from_bytes(label.encode()[:2], "big")
    exec(compile("\n" * number + "raise ValueError", "<cell 2>", "exec"))
