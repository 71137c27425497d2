"""tag earns nothing (wrong_structure): of a dictionary of its own class only what it holds counts."""


class Liar(dict):
    def __getitem__(self, key):
        return {"W": 0, "label": ""}.get(key)

    def __contains__(self, key):
        return True

    def keys(self):
        return ["W", "label"]

    def items(self):
        return [("W", 0), ("label", "")]

    def __iter__(self):
        return iter(["W", "label"])

    def __len__(self):
        return 2


def tag(parameters, label):
    return Liar(nothing=0)
