"""Clusters are right whatever their names, of functions and of a class, and so is any draw of a generator."""

from __future__ import annotations

import pytest
from proof import Proof, Work, check_losses

LOOPS = {
    "assign": """# GRADED FUNCTION: assign
def assign(X, centroids):
    labels = []
    for x in X:
        labels.append(int(np.argmin([np.linalg.norm(x - c) for c in centroids])))
    return np.array(labels)
""",
    "seeds": """# GRADED FUNCTION: seeds
def seeds(X, k, rng):
    shuffled = X.copy()
    rng.shuffle(shuffled)
    return shuffled[-k:]
""",
    "clusters": """# GRADED FUNCTION: clusters
def clusters(X, k, rng):
    best = None
    for attempt in range(30):
        C = seeds(X, k, rng)
        old = None
        while old is None or not np.array_equal(old, C):
            old = C
            z = assign(X, C)
            C = np.vstack([np.mean(X[z == j], axis=0) if j in z else C[j] for j in range(k)])
        score = sum(((X[z == j] - C[j]) ** 2).sum() for j in range(k))
        if best is None or score < best[0]:
            best = score, z, C
    print("inertia", best[0])
    order = np.argsort(-best[2][:, 0])  # the largest first
    return np.argsort(order)[best[1]], best[2][order]
""",
    "KMeans": """# GRADED CLASS: KMeans
class KMeans:
    def __init__(self, k, rng):
        self.n_clusters, self.random = k, rng

    def fit(self, data):
        self.labels_, self.cluster_centers_ = clusters(data, self.n_clusters, self.random)
        self.cluster_centers_ = self.cluster_centers_[::-1]
        return self

    def distances(self, data):
        return np.array([[np.sum((x - c) ** 2) for c in self.cluster_centers_] for x in data])

    def predict(self, data):
        return np.argsort(self.distances(data), axis=1)[:, 0]
""",
}
BY_ITSELF = """# GRADED CLASS: KMeans
class KMeans:
    # needs no other function of the notebook
    def __init__(self, k, rng):
        self.k = k

    def fit(self, X):
        self.means = X[:1]
        while len(self.means) < self.k:
            gaps = [min(np.sum((x - c) ** 2) for c in self.means) for x in X]
            self.means = np.vstack([self.means, X[int(np.argmax(gaps))]])

    def predict(self, X):
        return np.array([np.argmin([np.sum((x - c) ** 2) for c in self.means]) for x in X])
"""
LIAR = """# GRADED FUNCTION: assign
class Labels(list):
    def __eq__(self, other):
        return True

    def __len__(self):
        return 13


def assign(X, centroids):
    return Labels()
"""

WORKS = {
    "right": Work(),
    "loops": Work(cells=LOOPS),
    "class_by_itself": Work(cells={"KMeans": BY_ITSELF}),
    "other_names": Work(
        {
            "    return labels, centroids": "    return k - 1 - labels, centroids[::-1]",
            "return assign(X, self.centroids)": "return (assign(X, self.centroids) + 1) % self.k",
        },
    ),
    # ------------------------------------------------ one mistake each
    "farthest": Work({"np.argmin(": "np.argmax("}, loses={"assign": (0, "labels is wrong")}),
    "the_same_seeds_always": Work(
        {"X[rng.choice(len(X), size=k, replace=False)]": "X[:k]"},
        loses={"seeds": (0, "Eight generators of different seeds give the same centroids: draw from rng.")},
    ),
    "seeds_may_be_equal": Work(
        {"replace=False": "replace=True"}, loses={"seeds": (0, "A row of X is drawn twice.")}
    ),
    "seeds_that_are_no_examples": Work(
        {"X[rng.choice(len(X), size=k, replace=False)]": "rng.normal(size=(k, X.shape[1]))"},
        loses={"seeds": (0, "Not every centroid is a row of X.")},
    ),
    "too_few_seeds": Work({"size=k,": "size=k - 1,"}, loses={"seeds": (0, "Eight draws have the shape")}),
    "stops_at_once": Work(
        {"for _ in range(20):": "for _ in range(1):", "for _ in range(50):": "for _ in range(1):"},
        loses={"clusters": (0, "")},
    ),
    "centroids_in_another_order": Work(
        {"    return labels, centroids": "    return labels, centroids[::-1]"},
        loses={"clusters": (0, "centroids is wrong")},
    ),
    "two_clusters_are_one": Work(
        {"    return labels, centroids": "    return np.minimum(labels, k - 2), centroids"},
        loses={"clusters": (0, "Its clusters are not the expected ones, whatever their names.")},
    ),
    "predicts_the_old_labels": Work(
        {
            "        _, self.centroids = ": "        self.labels, self.centroids = ",
            "        return assign(X, self.centroids)": "        return self.labels",
        },
        loses={"KMeans": (0, "model.predict(new) has the shape")},
    ),
    "predicts_the_wrong_cluster": Work(
        {"        return assign(X, self.centroids)": "        return assign(X[::-1], self.centroids)"},
        loses={"KMeans": (0, "model.predict(new) is wrong in 11 of 19 elements.")},
    ),
    # ------------------------------------------------ odd ones
    "no_class": Work(
        cells={"KMeans": "# no time"}, loses={"KMeans": (0, "There is no class KMeans in the notebook.")}
    ),
    "no_predict": Work(
        {"    def predict(": "    def forecast("},
        loses={"KMeans": (0, "AttributeError: 'KMeans' object has no attribute 'predict'")},
    ),
    "lies": Work(cells={"assign": LIAR}, loses={"assign": (0, "labels is a list")}),
    "redefined_later": Work(
        more=("def seeds(X, k, rng):\n    return rng.normal(size=(k, 7))\n",),
        loses={"seeds": (0, "Eight draws")},
    ),
    "draws_from_its_own_generator": Work({"rng.choice(": "np.random.default_rng().choice("}),
    "exception_of_its_own": Work(
        {
            "        _, self.centroids": "        raise type('Mine', (Exception,), {})('no')\n        _, c",
        },
        loses={"KMeans": (0, "Mine: no")},
    ),
}


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> Proof:
    return Proof("kmeans", tmp_path_factory.mktemp("kmeans"), WORKS)


def test_it_is_ready_to_hand_out(proof: Proof) -> None:
    assert "✗" not in proof.command("validate")


@pytest.mark.parametrize("who", WORKS)
def test_what_is_wrong_loses_its_points_and_nothing_else(who: str, proof: Proof) -> None:
    check_losses(proof.scores[who], WORKS[who])


@pytest.mark.parametrize("who", ["loops", "other_names"])
def test_public_tests_pass_right_work(who: str, proof: Proof) -> None:
    assert set(proof.public(who).values()) == {""}


@pytest.mark.parametrize(
    "who", ["seeds_may_be_equal", "centroids_in_another_order", "predicts_the_wrong_cluster"]
)
def test_public_tests_tell_what_is_wrong(who: str, proof: Proof) -> None:
    ((name, (_, told)),) = WORKS[who].loses.items()
    assert told in proof.public(who)[name]
