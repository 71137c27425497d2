"""tag earns nothing (wrong_type): a dictionary whose keys are no texts cannot cross."""


class Key(str):
    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("W")


def tag(parameters, label):
    return {Key("x"): 3 * parameters["W"], "label": label.upper()}
