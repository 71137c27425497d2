"""Notebooks on points of the plane are graded by the edition that they are of, as they were written."""

from __future__ import annotations

import nbformat
import pytest

from grader.assignments.course import Course
from grader.assignments.loader import load
from grader.grading.pipeline import grade
from grader.grading.reference import prepare
from grader.models.assignment import Assignment
from grader.models.report import Report
from grader.notebooks.solution import notebook_bytes
from grader.sandbox.fork_server import ForkServer

IMPORTS = """import numpy as np
import matplotlib.pyplot as plt
{}
import sklearn
import sklearn.datasets
import sklearn.linear_model
from planar_utils import plot_decision_boundary, sigmoid, load_planar_dataset, load_extra_datasets

%matplotlib inline
np.random.seed(1) # set a seed so that the results are consistent"""

DATA = """X, Y = load_planar_dataset()
clf = sklearn.linear_model.LogisticRegressionCV();
clf.fit(X.T, Y.T);
plot_decision_boundary(lambda x: clf.predict(x), X, Y)"""

SIZES = """# GRADED FUNCTION: layer_sizes
def layer_sizes(X, Y):
    ### START CODE HERE ### (≈ 3 lines of code)
    n_x = X.shape[0] # size of input layer
    n_h = 4
    n_y = Y.shape[0] # size of output layer
    ### END CODE HERE ###
    return (n_x, n_h, n_y)"""

START = """# GRADED FUNCTION: initialize_parameters
def initialize_parameters(n_x, n_h, n_y):
    {}
    ### START CODE HERE ### (≈ 4 lines of code)
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros(shape=(n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros(shape=(n_y, 1))
    ### END CODE HERE ###
    assert (W1.shape == (n_h, n_x))
    return {{"W1": W1, "b1": b1, "W2": W2, "b2": b2}}"""

SEED = "np.random.seed(2) # we set up a seed so that your output matches ours"

FORWARD = """# GRADED FUNCTION: forward_propagation
def forward_propagation(X, parameters):
    ### START CODE HERE ### (≈ 4 lines of code)
    W1, b1 = parameters['W1'], parameters['b1']
    W2, b2 = parameters['W2'], parameters['b2']
    ### END CODE HERE ###
    Z1 = np.dot(W1, X) + b1
    A1 = np.tanh(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = sigmoid(Z2)
    assert(A2.shape == (1, X.shape[1]))
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}"""

COST = """# GRADED FUNCTION: compute_cost
def compute_cost(A2, Y{}):
    m = Y.shape[1] # number of example
    ### START CODE HERE ### (≈ 2 lines of code)
    logprobs = np.multiply(np.log(A2), Y) + np.multiply((1 - Y), np.log(1 - A2))
    cost = - np.sum(logprobs) / m
    ### END CODE HERE ###
    cost = np.squeeze(cost)
    assert(isinstance(cost, float))
    return cost"""

BACKWARD = """# GRADED FUNCTION: backward_propagation
def backward_propagation(parameters, cache, X, Y):
    m = X.shape[1]
    ### START CODE HERE ### (≈ 6 lines of code)
    dZ2 = cache['A2'] - Y
    dW2 = (1 / m) * np.dot(dZ2, cache['A1'].T)
    db2 = (1 / m) * np.sum(dZ2, axis=1, keepdims=True)
    dZ1 = np.multiply(np.dot(parameters['W2'].T, dZ2), 1 - np.power(cache['A1'], 2))
    dW1 = (1 / m) * np.dot(dZ1, X.T)
    db1 = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    ### END CODE HERE ###
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}"""

UPDATE = """# GRADED FUNCTION: update_parameters
def update_parameters(parameters, grads, learning_rate = 1.2):
    ### START CODE HERE ### (≈ 4 lines of code)
    W1 = parameters['W1'] - learning_rate * grads['dW1']
    b1 = parameters['b1'] - learning_rate * grads['db1']
    W2 = parameters['W2'] - learning_rate * grads['dW2']
    b2 = parameters['b2'] - learning_rate * grads['db2']
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}"""

MODEL = """# GRADED FUNCTION: nn_model
def nn_model(X, Y, n_h, num_iterations = 10000, print_cost=False):
    np.random.seed(3)
    n_x = layer_sizes(X, Y)[0]
    n_y = layer_sizes(X, Y)[2]
    ### START CODE HERE ### (≈ 5 lines of code)
    parameters = initialize_parameters(n_x, n_h, n_y)
    ### END CODE HERE ###
    for i in range(0, num_iterations):
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y{})
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and i % 1000 == 0:
            print ("Cost after iteration %i: %f" %(i, cost))
    return parameters"""

PREDICT = """# GRADED FUNCTION: predict
def predict(parameters, X):
    ### START CODE HERE ### (≈ 2 lines of code)
    A2, cache = forward_propagation(X, parameters)
    predictions = np.round(A2)
    ### END CODE HERE ###
    return predictions"""

TRIAL = "parameters = nn_model(X, Y, n_h = 4, num_iterations = 10000, print_cost=True)"


def notebook(imports: str, seed: str, more: str, broken: str = "") -> bytes:
    """A notebook with the imports, the seed and the third argument of the cost of an edition."""
    cells = [
        *(IMPORTS.format(imports), DATA, SIZES, START.format(seed), FORWARD, COST.format(more)),
        *(BACKWARD.replace(broken, ""), UPDATE, MODEL.format(more), PREDICT, TRIAL),
    ]
    return notebook_bytes(nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells))))


@pytest.fixture(scope="module")
def planar(course: Course, sandbox: ForkServer) -> Assignment:
    return prepare(load(course, "planar_classification"), sandbox, "seed")


def graded(planar: Assignment, sandbox: ForkServer, data: bytes) -> Report:
    return grade(planar, sandbox, data, id="a", file="a.ipynb")


CURRENT = "import copy\nfrom testCases_v2 import *\nfrom public_tests import *"
BY_2017 = ("graded by the edition 2017 of the exercise",)
EDITIONS = [
    pytest.param("from testCases import *", SEED, ", parameters", BY_2017, id="2017"),
    pytest.param("from testCases_v2 import *", SEED, ", parameters", BY_2017, id="2019"),
    pytest.param(CURRENT, SEED, "", (), id="2021, with the seed in the function"),
    pytest.param(CURRENT, "", "", (), id="current"),
]


@pytest.mark.parametrize(("imports", "seed", "more", "notes"), EDITIONS)
def test_right_work_of_every_edition_has_all_points(
    imports: str, seed: str, more: str, notes: tuple[str, ...], planar: Assignment, sandbox: ForkServer
) -> None:
    report = graded(planar, sandbox, notebook(imports, seed, more))
    lost = {score.name: score.message for score in report.exercises if not score.points}
    assert (lost, report.points, report.notes) == ({}, 100, notes)


@pytest.mark.parametrize(("imports", "seed", "more", "notes"), EDITIONS)
def test_a_mistake_costs_its_own_points_in_every_edition(
    imports: str, seed: str, more: str, notes: tuple[str, ...], planar: Assignment, sandbox: ForkServer
) -> None:
    report = graded(planar, sandbox, notebook(imports, seed, more, broken="(1 / m) * "))
    assert [score.name for score in report.exercises if not score.points] == ["backward_propagation"]
    assert (report.points, report.notes) == (80, notes)
