"""A class is graded method by method: state on self, points of each method, and an exception to raise."""

from __future__ import annotations

import pytest
from proof import Proof, Work, check_losses

FIT, PREDICT, SCORE = (f"LinearRegression.{name}" for name in ("fit", "predict", "score"))

BY_DESCENT = """# GRADED CLASS: LinearRegression


def with_ones(X):
    return np.c_[X, np.ones(len(X))]


class LinearRegression:

    def __init__(self, penalty=0.0):
        self.lam = penalty
        self.fitted = False

    def fit(self, X, y):
        ### START CODE HERE ###
        A = with_ones(X)
        D = self.lam * np.diag([1.0] * X.shape[1] + [0.0])
        theta = np.linalg.lstsq(A.T @ A + D, A.T @ y, rcond=None)[0]
        self.weights = theta[:-1]
        self.intercept = float(theta[-1])
        self.fitted = True
        self.n_seen = len(y)
        ### END CODE HERE ###
        print("fitted on", self.n_seen, "examples")
        return self

    def predict(self, X):
        ### START CODE HERE ###
        if not self.fitted:
            raise ValueError("please call fit first")
        prediction = []
        for row in X:
            total = self.intercept
            for value, weight in zip(row, self.weights):
                total += value * weight
            prediction.append(total)
        return np.array(prediction)
        ### END CODE HERE ###

    def score(self, X, y):
        ### START CODE HERE ###
        p = self.predict(X)
        return 1.0 - ((y - p) ** 2).sum() / ((y - np.mean(y)) ** 2).sum()
        ### END CODE HERE ###
"""

BY_INHERITANCE = '''# GRADED CLASS: LinearRegression
class NotFittedError(ValueError):
    """An exception of my own."""


class Model:
    def score(self, X, y):
        return 1 - np.mean((y - self.predict(X)) ** 2) / y.var()


class LinearRegression(Model):
    def __init__(self, penalty=0.0):
        self.penalty = penalty

    def fit(self, X, y):
        mu = X.mean(0)
        A = (X - mu).T @ (X - mu) + self.penalty * np.eye(len(mu))
        self.weights = np.linalg.inv(A) @ ((X - mu).T @ y)
        self.intercept = y.mean() - mu @ self.weights
        return self

    def predict(self, X):
        if not hasattr(self, "weights"):
            raise NotFittedError("unfitted")
        return np.einsum("mn,n->m", X, self.weights) + self.intercept
'''

LIAR = '''

class Liar:
    """Equals everything."""

    def __eq__(self, other):
        return True

    def __array__(self, *arguments, **options):
        raise TypeError

    def __hash__(self):
        return 0
'''

MARK = "# GRADED CLASS: LinearRegression\n"

WORKS = {
    "right": Work(),
    "by_descent": Work(cells={"LinearRegression": BY_DESCENT}),
    "by_inheritance": Work(cells={"LinearRegression": BY_INHERITANCE}),
    # ------------------------------------------------ one mistake each
    "fit_is_not_centred": Work(
        {"y_mean - X_mean @ self.weights": "y_mean"}, loses={FIT: (0, "model.intercept is wrong")}
    ),
    "penalty_on_one_feature": Work(
        {"self.penalty * np.eye(X.shape[1])": "self.penalty"}, loses={FIT: (3, "model.weights is wrong")}
    ),
    "fit_returns_nothing": Work({"        return self\n": ""}, loses={FIT: (0, "same is wrong")}),
    "fit_adds_to_what_was_learned": Work(
        {
            "self.weights = np.linalg.solve(A, centred.T @ (y - y_mean))": "self.weights = "
            "np.linalg.solve(A, centred.T @ (y - y_mean)) + (0 if self.weights is None else self.weights)"
        },
        loses={FIT: (0, "model.weights is wrong")},
    ),
    "predict_forgets_the_intercept": Work(
        {"X @ self.weights + self.intercept": "X @ self.weights"},
        loses={PREDICT: (0, "model.predict(new) is wrong")},
    ),
    "predict_raises_another_exception": Work(
        {'raise ValueError("fit the model first")': 'raise RuntimeError("fit the model first")'},
        loses={PREDICT: (0, "It has to raise ValueError. It raised RuntimeError: fit the model first")},
    ),
    "predict_returns_zeros_instead": Work(
        {'raise ValueError("fit the model first")': "return np.zeros(len(X))"},
        loses={PREDICT: (0, "it has to raise ValueError")},
    ),
    "score_of_the_deviations": Work(
        {"np.sum(residuals**2)": "np.sum(abs(residuals))"}, loses={SCORE: (0, "model.score(other, values)")}
    ),
    "score_is_a_text": Work(
        {"        return 1 - np.sum": "        return '%.3f' % 1 - np.sum"}, loses={SCORE: (0, "TypeError")}
    ),
    # ------------------------------------------------ odd ones
    "no_predict": Work(
        {"    def predict(": "    def predict_values("},
        loses={PREDICT: (0, "There is no method LinearRegression.predict in the notebook.")},
    ),
    "syntax_error": Work(
        {"X_mean @ self.weights": "X_mean @ (self.weights"},
        loses=dict.fromkeys((FIT, PREDICT, SCORE), (0, "Close the bracket with `)` on line 27")),
    ),
    "redefined_blank": Work(more=("class LinearRegression:\n    pass\n",)),
    "redefined_wrong": Work(
        more=("class LinearRegression:\n    def __init__(self, penalty=0):\n        self.w = 1\n",),
        loses={
            FIT: (0, "The class of the 6th code cell defines no fit."),
            PREDICT: (0, "The class of the 6th code cell defines no predict."),
            SCORE: (0, "The class of the 6th code cell defines no score."),
        },
    ),
    "redefined_right": Work(
        {"X @ self.weights + self.intercept": "X"}, more=(BY_DESCENT.replace(MARK, "# second try\n"),)
    ),
    "lies": Work(
        {"        return 1 - np.sum": "        return Liar() or 1 - np.sum"},
        more=(LIAR,),
        loses={SCORE: (0, "Its type is Liar.")},
    ),
    "attributes_of_their_own": Work(
        {
            "        self.weights = np.linalg.solve": "        self.w = self.weights = np.linalg.solve",
            "        self.intercept = y_mean": "        print('b')\n        self.intercept = self.b = y_mean",
        },
    ),
    "exits": Work(
        {"        residuals = y": "        raise SystemExit\n        residuals = y"},
        loses={SCORE: (0, "SystemExit")},
    ),
}


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return Proof("regression", tmp_path_factory.mktemp("regression"), WORKS, hints="kind")


def test_it_is_ready_to_hand_out(proof: Proof) -> None:
    assert "✗" not in proof.command("validate")


@pytest.mark.parametrize("who", WORKS)
def test_a_method_that_is_wrong_loses_its_points_and_no_other(who: str, proof: Proof) -> None:
    check_losses(proof.scores[who], WORKS[who])


def test_what_was_not_touched_is_not_written_yet(proof: Proof) -> None:
    assert {score.verdict.value for score in proof.scores["untouched"].values()} == {"not_attempted"}


def test_a_page_names_the_method_and_shows_how_it_is_called(proof: Proof) -> None:
    page = proof.page("predict_forgets_the_intercept")
    assert "LinearRegression.predict" in page
    assert "model.predict(new)" in page


@pytest.mark.parametrize("who", ["by_descent", "by_inheritance"])
def test_public_tests_pass_right_work(who: str, proof: Proof) -> None:
    assert set(proof.public(who).values()) == {""}


@pytest.mark.parametrize(
    ("who", "method"),
    [
        ("fit_is_not_centred", FIT),
        ("predict_forgets_the_intercept", PREDICT),
        ("score_of_the_deviations", SCORE),
    ],
)
def test_public_tests_name_the_method_that_is_wrong(who: str, method: str, proof: Proof) -> None:
    error = proof.public(who)[method.replace(".", "_")]
    assert method in error
    assert WORKS[who].loses[method][1] in error
