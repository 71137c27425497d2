"""Solves the equations without the penalty."""


class LinearRegression:
    def __init__(self, penalty=0.0):
        self.penalty = penalty
        self.weights = None
        self.intercept = 0.0

    def fit(self, X, y):
        ones = np.column_stack([X, np.ones(len(X))])
        *weights, self.intercept = np.linalg.lstsq(ones, y, rcond=None)[0]
        self.weights = np.array(weights)
        return self

    def predict(self, X):
        if self.weights is None:
            raise ValueError("fit the model first")
        return X @ self.weights + self.intercept  # (m, n) @ (n,) -> (m,)

    def score(self, X, y):
        residuals = y - self.predict(X)  # (m,)
        return 1 - np.sum(residuals**2) / np.sum((y - y.mean()) ** 2)
