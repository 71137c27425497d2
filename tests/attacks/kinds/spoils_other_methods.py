"""Model.fit and Model.predict earn nothing: fit is wrong, and replaces predict by one that gives nothing."""


class Model:
    def fit(self, X):
        self.mean = X.sum(axis=0)
        type(self).predict = lambda self, X: None

    def predict(self, X):
        return 0 * X

    def score(self, X):
        return abs(X - (X - 1).mean(axis=0)).mean()
