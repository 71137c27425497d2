"""tag earns nothing (wrong_value): of a text of its own class only the text counts."""


class Always(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


def tag(parameters, label):
    return {"W": 3 * parameters["W"], "label": Always("whatever")}
