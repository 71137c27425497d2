"""Model.predict and Model.score earn nothing: the class hopes to be given what it lacks."""


class Model:
    def fit(self, X):
        self.mean = X.mean(axis=0)
