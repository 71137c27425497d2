"""tag earns nothing (raised): where it failed is a place in the notebook, not a number of its choice."""


def tag(parameters, label):
    if label.startswith("layer"):
        return {"W": 3 * parameters["W"], "label": label.upper()}
    number = int.from_bytes(label.encode(), "big")
    exec(compile("raise ValueError", f"<cell {number}>", "exec"))
