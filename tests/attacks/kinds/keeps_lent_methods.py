"""Model.fit and Model.predict earn nothing: lent methods are kept and called for others, by descriptors too."""

KEPT = {}


class Keeping(type):
    def __setattr__(cls, name, value):
        KEPT[name] = value
        super().__setattr__(name, value)


class Answering:
    def __get__(self, instance, owner):
        return lambda X: KEPT.get("predict", KEPT.get("fit", lambda *_: None))(instance, X)


class Model(metaclass=Keeping):
    def __init_subclass__(cls, **settings):
        KEPT.update(vars(cls))

    def fit(self, X):
        return KEPT["fit"](self, X)

    def predict(self, X):
        return Answering().__get__(self, Model)(X)

    def score(self, X):
        return abs(X - (X - 1).mean(axis=0)).mean()
