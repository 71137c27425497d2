"""A training loop: costs within a percent, an accuracy, parts, a bonus, a question, and `for` forbidden."""

from __future__ import annotations

import pytest
from proof import Proof, Work, check_losses

from grader.comparison.verdict import Verdict

VECTOR_STYLE = """# GRADED FUNCTION: step


def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def step(parameters, X, y):
    ### START CODE HERE ###
    W1 = parameters[0]
    b1 = parameters[1]
    W2 = parameters[2]
    b2 = parameters[3]
    m = y.size
    hidden = np.tanh(np.dot(W1, X) + b1)
    out = sigmoid(np.dot(W2, hidden) + b2)
    loss = - (1 / m) * (np.dot(y, np.log(out).T) + np.dot(1 - y, np.log(1 - out).T))
    loss = float(np.squeeze(loss))
    delta2 = out - y
    dW2 = np.dot(delta2, hidden.T) / m
    db2 = np.sum(delta2, axis=1, keepdims=True) / m
    delta1 = np.dot(W2.T, delta2) * (1 - hidden * hidden)
    dW1 = np.dot(delta1, X.T) / m
    db1 = np.sum(delta1, axis=1, keepdims=True) / m
    print("loss:", loss)
    ### END CODE HERE ###
    return loss, [dW1, db1, dW2, db2]
"""

WITH_APPEND = """# GRADED FUNCTION: costs
learning_curve = []


def costs(X, y, n_hidden, rate, steps, rng):
    ### START CODE HERE ###
    W1, b1, W2, b2 = initialize(X.shape[0], n_hidden, rng)
    noted = []
    iteration = 0
    while iteration < steps:
        J, (dW1, db1, dW2, db2) = step((W1, b1, W2, b2), X, y)
        W1 -= rate * dW1
        b1 -= rate * db1
        W2 -= rate * dW2
        b2 -= rate * db2
        noted.append(J)
        if iteration % 10 == 0:
            print(f"Cost after iteration {iteration}: {J}")
        iteration += 1
    ### END CODE HERE ###
    return np.array(noted)
"""

OWN_NETWORK = '''# GRADED FUNCTION: classify
class Perceptron:
    """Logistic regression on squares, by gradient descent."""

    def __init__(self, n):
        self.w = np.zeros(2 * n + 1)

    @staticmethod
    def features(Z):
        return np.vstack([np.ones(Z.shape[1]), Z, Z ** 2])

    def probability(self, Z):
        return 1 / (1 + np.exp(-self.w @ self.features(Z)))

    def learn(self, X, y):
        for epoch in range(400):
            self.w -= 2.0 * self.features(X) @ (self.probability(X) - y.ravel()) / y.size


def classify(X, y, new):
    p = Perceptron(X.shape[0])
    p.learn(X, y)
    return (p.probability(new) > 0.5) * 1
'''

WITH_A_HELPER_THAT_LOOPS = """# GRADED FUNCTION: smooth
def means_of(x, k):
    return np.array([x[i:i + k].mean() for i in range(len(x) - k + 1)])


def smooth(x, k):
    return means_of(x, k)
"""

WORKS = {
    "right": Work(),
    "another_style": Work(cells={"step": VECTOR_STYLE, "costs": WITH_APPEND, "classify": OWN_NETWORK}),
    "half_a_percent_off": Work({"    return noted": "    return noted * 1.005"}),
    # ------------------------------------------------ one mistake each
    "weights_are_too_large": Work(
        {"0.1 * rng.standard_normal((1, n_hidden))": "rng.standard_normal((1, n_hidden))"},
        loses={"initialize": (2, "W2 is wrong in 3 of 3 elements.")},
    ),
    "biases_of_rank_1": Work(
        {"np.zeros((n_hidden, 1))": "np.zeros(n_hidden)"},
        loses={"initialize": (0, "b1 has the shape (3,), expected (3, 1).")},
    ),
    "loops_over_examples": Work(
        {"    m = X.shape[1]": "    m = sum(1 for _ in X[0])"},
        loses={"step": (0, "It uses `for` (the 4th code cell, line 18), which this exercise forbids.")},
    ),
    "a_helper_loops": Work(
        cells={"smooth": WITH_A_HELPER_THAT_LOOPS},
        loses={"smooth": (0, "It uses `for` (the 10th code cell, line 3), which this exercise forbids.")},
    ),
    "gradient_is_not_averaged": Work(
        {"dz2 = (a - y) / m": "dz2 = a - y"}, loses={"step": (0, "gradients[0]")}
    ),
    "climbs": Work({"p - rate * dp": "p + rate * dp"}, loses={"costs": (0, "noted is wrong")}),
    "two_percent_off": Work(
        {"    return noted": "    return noted * 1.02"},
        loses={"costs": (0, "noted is wrong in 28 of 28 elements.")},
    ),
    "notes_the_cost_after_the_step": Work(
        {"range(steps):\n        noted[i], gradients": "range(-1, steps):\n        noted[i], gradients"},
        loses={"costs": (0, "noted is wrong")},
    ),
    "guesses": Work(
        {"labels = (y[0, nearest].mean(axis=1) > 0.5).astype(int)": "labels = np.ones(len(nearest), int)"},
        loses={"classify": (0, "it has to be at least 0.8.")},
    ),
    "labels_are_a_column": Work(
        {"    return labels": "    return labels[:, None]"},
        loses={"classify": (0, "labels has the shape (125, 1), expected (125,).")},
    ),
    "no_bonus": Work(
        {"(sums[k:] - sums[:-k]) / k": "sums[k:] - sums[:-k]"}, loses={"smooth": (0, "means is wrong")}
    ),
    # ------------------------------------------------ odd ones
    "no_step": Work(
        cells={"step": "# later"}, loses={"step": (0, "There is no function step in the notebook.")}
    ),
    "syntax_error": Work(
        {"noted = np.zeros(steps)": "noted = np.zeros(steps"}, loses={"costs": (0, "was never closed")}
    ),
    "reads_a_name_that_no_cell_sets": Work(
        {"noted = np.zeros(steps)": "noted = np.zeros(number_of_steps)"},
        loses={"costs": (0, "name 'number_of_steps' is not defined")},
    ),
    "labels_are_truth_values": Work({"    return labels": "    return labels > 0"}),
    "no_numbers": Work(
        {"    return labels": "    return labels * np.nan"},
        loses={"classify": (0, "Its accuracy is 0; it has to be at least 0.8.")},
    ),
    "never_ends": Work(
        {"    noted = np.zeros(steps)\n": "    while True: pass\n"}, loses={"costs": (0, "timed out")}
    ),
}


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return Proof("training", tmp_path_factory.mktemp("training"), WORKS)


def test_it_is_ready_to_hand_out(proof: Proof) -> None:
    assert "✗" not in proof.command("validate")


@pytest.mark.parametrize("who", WORKS)
def test_what_is_wrong_loses_its_points_and_nothing_else(who: str, proof: Proof) -> None:
    scores = proof.scores[who]
    assert scores["symmetry"].verdict is Verdict.TO_BE_MARKED
    check_losses({name: scores[name] for name in scores if name != "symmetry"}, WORKS[who])


def test_a_bonus_is_no_part_of_the_total(proof: Proof) -> None:
    assert {(report.max_points, report.id == "right" and report.points) for report in proof.results} == {
        (23, False),
        (23, 22),
    }
    assert proof.results["no_bonus"].points == 20


def test_parts_are_told_with_their_points(proof: Proof) -> None:
    parts = proof.scores["weights_are_too_large"]["initialize"].parts
    assert [(part.part, part.points, part.max_points) for part in parts] == [
        ("shapes", 2, 2),
        ("values", 0, 3),
    ]
    assert "values" in proof.page("weights_are_too_large")


def test_a_question_is_to_be_marked_by_a_person(proof: Proof) -> None:
    assert "to be marked" in proof.page("right")


@pytest.mark.parametrize("who", ["right", "another_style"])
def test_public_tests_pass_right_work(who: str, proof: Proof) -> None:
    assert set(proof.public(who).values()) == {""}


@pytest.mark.parametrize(
    ("who", "name", "told"),
    [
        ("weights_are_too_large", "initialize", "W2 is wrong"),
        ("two_percent_off", "costs", "noted is wrong"),
        ("guesses", "classify", "it has to be at least 0.8."),
    ],
)
def test_public_tests_tell_what_is_wrong(who: str, name: str, told: str, proof: Proof) -> None:
    assert told in proof.public(who)[name]
