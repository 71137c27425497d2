# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Logistic Regression with a Neural Network mindset
#
# Is there a cat in the picture? Logistic regression gives each colour of each pixel a weight, adds up, and
# answers with a probability. It is the smallest neural network, a single unit. Whatever a large network
# does to learn, this one does too, and each step fits into a line or two.
#
# Afterwards you will be able to
#
# - turn pictures in a file into a matrix that a model can learn from,
# - compute a prediction, its cost and the gradient of the cost, for all examples at once and without loops,
# - learn weights by gradient descent, and
# - tell from accuracies on training and test pictures whether a model has learned or memorised.
#
# **How this notebook works.** Write between the lines `# YOUR CODE STARTS HERE` and
# `# YOUR CODE ENDS HERE`, and leave the names and the parameters of the functions as they are. The line
# `raise NotImplementedError(...)` only holds the place: delete it. Below each function are two cells: one
# in which you try it on a small input, with the output to expect, and one that tests it. A function earns
# its points when what it returns is right for inputs of every size, not only for those that you see here.
# Keep the folder `datasets` beside the notebook: the pictures are in it.
#
# **Contents**
#
# - [1 - Packages](#1)
# - [2 - The pictures](#2)
#     - [2.1 - What is in the files](#2-1)
#     - [2.2 - A picture as a column](#2-2)
#     - [2.3 - Numbers of one size](#2-3)
# - [3 - One unit](#3)
# - [4 - The parts](#4)
#     - [Exercise 1: sigmoid](#ex-1) (10 points)
#     - [Exercise 2: initialize_with_zeros](#ex-2) (10 points)
#     - [Exercise 3: propagate](#ex-3) (25 points)
#     - [Exercise 4: optimize](#ex-4) (20 points)
#     - [Exercise 5: predict](#ex-5) (15 points)
# - [5 - The whole](#5)
#     - [Exercise 6: model](#ex-6) (20 points)
# - [6 - Cats](#6)
#     - [6.1 - What it gets wrong](#6-1)
#     - [6.2 - What it has learned](#6-2)
#     - [6.3 - The learning rate](#6-3)
#     - [6.4 - A picture of yours](#6-4)
# - [7 - What you have built](#7)

# %% [markdown]
# <a name='1'></a>
# ## 1 - Packages
#
# - `numpy` computes with arrays;
# - `h5py` reads HDF5 files, in which arrays are stored by name;
# - `matplotlib` draws;
# - `lr_utils` provides the pictures;
# - `public_tests` provides the tests below the exercises.

# %%
from pathlib import Path

import h5py
import matplotlib.pyplot as plt
import numpy as np
from lr_utils import load_dataset

from public_tests import (
    initialize_with_zeros_test,
    model_test,
    optimize_test,
    predict_test,
    propagate_test,
    sigmoid_test,
)

# %matplotlib inline
# %load_ext autoreload
# %autoreload 2

# %% [markdown]
# <a name='2'></a>
# ## 2 - The pictures
#
# They were drawn by a program: half of them show a cat, the others a ball, a dog, a fish, a flower, a
# house, a mug or a tree. There are two files, because a model has to be tested with pictures that it did
# not learn from.
#
# <a name='2-1'></a>
# ### 2.1 - What is in the files
#
# An HDF5 file is like a dictionary of arrays. This lists the arrays of the first file:

# %%
with h5py.File("datasets/train_catvnoncat.h5", "r") as file:
    for name, array in file.items():
        print(name, array.shape, array.dtype)

# %% [markdown]
# **Expected output**
#
# ```text
# list_classes (2,) |S7
# train_set_x (209, 64, 64, 3) uint8
# train_set_y (209,) int64
# ```
#
# A picture has 64 rows of 64 pixels, and each pixel has three numbers from 0 to 255: its red, green and
# blue. The label of a picture is 1 for a cat and 0 for anything else.
#
# `load_dataset` reads both files, and makes the labels rows of shape $(1, m)$, where $m$ is the number of
# pictures.

# %%
train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()

m_train, m_test = train_set_x_orig.shape[0], test_set_x_orig.shape[0]
num_px = train_set_x_orig.shape[1]

print("pictures for training:", m_train)
print("pictures for testing: ", m_test)
print("rows of a picture:    ", num_px)

# %% [markdown]
# **Try it.** Change `index`, and look at other pictures.

# %%
index = 25
plt.figure(figsize=(2.5, 2.5))
plt.imshow(train_set_x_orig[index])
plt.title(f"y = {train_set_y[0, index]}: {classes[train_set_y[0, index]].decode()}")
plt.axis("off")
plt.show()

# %% [markdown]
# <a name='2-2'></a>
# ### 2.2 - A picture as a column
#
# The model does not see rows and pixels. To it a picture is a long column of numbers, called features:
# $n = 64 \cdot 64 \cdot 3 = 12288$ of them. All pictures are the columns of one matrix $X$ of shape $(n, m)$.
#
# `A.reshape(m, -1)` keeps the first axis, here the pictures, and joins all others into one; `.T` then
# turns rows into columns.

# %%
train_set_x_flatten = train_set_x_orig.reshape(m_train, -1).T
test_set_x_flatten = test_set_x_orig.reshape(m_test, -1).T

print("training:", train_set_x_flatten.shape, " labels:", train_set_y.shape)
print("testing: ", test_set_x_flatten.shape, " labels:", test_set_y.shape)

# %% [markdown]
# **Expected output**
#
# ```text
# training: (12288, 209)  labels: (1, 209)
# testing:  (12288, 50)  labels: (1, 50)
# ```
#
# `A.reshape(-1, m)` has the right shape too, and is wrong: each of its columns has a few numbers of every
# picture. Take a column of either matrix, make it a picture again, and you see the difference. Shapes that
# fit are needed, and are not enough.

# %%
scrambled = train_set_x_orig.reshape(-1, m_train)

_, axes = plt.subplots(1, 2, figsize=(5.5, 2.8))
for axis, matrix, title in (
    (axes[0], train_set_x_flatten, "reshape(m, -1).T"),
    (axes[1], scrambled, "reshape(-1, m)"),
):
    axis.imshow(matrix[:, index].reshape(num_px, num_px, 3))
    axis.set_title(title)
    axis.axis("off")
plt.show()

# %% [markdown]
# <a name='2-3'></a>
# ### 2.3 - Numbers of one size
#
# Gradient descent works best when all features are of about the same size, and not large. Usually one
# subtracts the mean of a feature and divides by its standard deviation. Colours are all from 0 to 255
# already, so to divide by 255 does as well.

# %%
train_set_x = train_set_x_flatten / 255
test_set_x = test_set_x_flatten / 255

print(f"from {train_set_x.min()} to {train_set_x.max()}, on average {train_set_x.mean():.2f}")

# %% [markdown]
# **What to remember** of preparing data: find out the numbers and shapes, make each example a column, and
# scale the features. Do the same to training and test data.

# %% [markdown]
# <a name='3'></a>
# ## 3 - One unit
#
# ![One unit: pixels, weights, their sum, sigmoid, a probability](images/one_unit.svg)
#
# For one example $x^{(i)}$, a column of $n$ features:
#
# $$z^{(i)} = w^T x^{(i)} + b \tag{1}$$
# $$a^{(i)} = \sigma(z^{(i)}) \tag{2}$$
#
# The activation $a^{(i)}$ is the probability that the picture shows a cat. How wrong that is, given the
# label $y^{(i)}$, is the loss; the cost is the mean of the losses:
#
# $$\mathcal{L}^{(i)} = -y^{(i)} \log a^{(i)} - (1 - y^{(i)}) \log(1 - a^{(i)}), \qquad
# J = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}^{(i)} \tag{3}$$
#
# Learning is to find the $w$ and $b$ with the smallest cost:
#
# 1. start with some $w$ and $b$;
# 2. compute the cost and its gradient, the direction in which the cost grows fastest;
# 3. take a small step in the opposite direction, and go on with 2.
#
# | sign | meaning | shape |
# |---|---|---|
# | $m$ | number of examples; each is one column | |
# | $n$ | number of features | |
# | $X$ | all examples | $(n, m)$ |
# | $Y$ | all labels, 0 or 1 | $(1, m)$ |
# | $w$, $b$ | weights, one for each feature, and the bias | $(n, 1)$, a number |
# | $A$ | all activations | $(1, m)$ |
# | $dw$, $db$ | gradient of the cost with respect to $w$ and $b$ | $(n, 1)$, a number |

# %% [markdown]
# <a name='4'></a>
# ## 4 - The parts
#
# <a name='ex-1'></a>
# ### Exercise 1: sigmoid
#
# The function $\sigma$ makes a probability of any number:
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}} \tag{4}$$
#
# It is nearly 0 for very negative $z$, 0.5 for $z = 0$, and nearly 1 for large $z$. Write it so that it
# takes a number as well as an array of any shape.
#
# <details><summary>Hint</summary>
#
# `np.exp` works on a number, and on each element of an array; so do `+` and `/`. `math.exp` takes numbers
# only.
#
# </details>

# %%
# GRADED FUNCTION: sigmoid


def sigmoid(z):
    """Compute the sigmoid of z, element by element.

    Args:
        z: a number, or an array of any shape.

    Returns:
        s: 1 / (1 + exp(-z)), of the shape of z.
    """
    # YOUR CODE STARTS HERE
    s = 1 / (1 + np.exp(-z))
    # YOUR CODE ENDS HERE

    return s


# %%
# Try it
try:
    print("sigmoid([0, 2]) =", sigmoid(np.array([0, 2])))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# sigmoid([0, 2]) = [0.5        0.88079708]
# ```

# %%
sigmoid_test(sigmoid)

# %% [markdown]
# <a name='ex-2'></a>
# ### Exercise 2: initialize_with_zeros
#
# The units of a layer must start with different weights, or else they stay the same for ever. Here is only
# one unit, so all weights may start at 0, and the bias too.
#
# <details><summary>Hint</summary>
#
# `np.zeros((rows, columns))` has two pairs of brackets: a shape is one argument, a tuple. `np.zeros(dim)`
# would be of the shape `(dim,)`, neither a row nor a column, with which products of matrices do odd
# things.
#
# </details>

# %%
# GRADED FUNCTION: initialize_with_zeros


def initialize_with_zeros(dim):
    """Start the weights and the bias at zero.

    Args:
        dim: number of features.

    Returns:
        w: zeros, shape (dim, 1).
        b: the number 0.0.
    """
    # YOUR CODE STARTS HERE
    w = np.zeros((dim, 1))
    b = 0.0
    # YOUR CODE ENDS HERE

    return w, b


# %%
# Try it
try:
    w, b = initialize_with_zeros(2)
    print(f"w =\n{w}")
    print("b =", b)
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# w =
# [[0.]
#  [0.]]
# b = 0.0
# ```

# %%
initialize_with_zeros_test(initialize_with_zeros)

# %% [markdown]
# <a name='ex-3'></a>
# ### Exercise 3: propagate
#
# This is the heart of it: forward from the examples to the cost, and backward from the cost to the
# gradient.
#
# *Forward*, for all examples at once:
#
# $$A = \sigma(w^T X + b) \tag{5}$$
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \left(
# y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)}) \right) \tag{6}$$
#
# *Backward*. By the chain rule, all that remains of the derivatives of logarithm and sigmoid is the error
# of the prediction, $a^{(i)} - y^{(i)}$:
#
# $$dw = \frac{\partial J}{\partial w} = \frac{1}{m} X (A - Y)^T \tag{7}$$
# $$db = \frac{\partial J}{\partial b} = \frac{1}{m} \sum_{i=1}^{m} \left(a^{(i)} - y^{(i)}\right) \tag{8}$$
#
# Use neither `for` nor `while`: a product of matrices goes over all examples.
#
# <details><summary>Hint: shapes</summary>
#
# `w.T @ X` is $(1, n) \cdot (n, m) \to (1, m)$, one number for each example, and `X @ (A - Y).T` is
# $(n, m) \cdot (m, 1) \to (n, 1)$, one number for each weight. `*` is another product: element by element,
# as in (6).
#
# </details>
#
# <details><summary>Hint: the cost</summary>
#
# `np.sum` without `axis` adds up everything, so that the result is a number. `np.log` is the natural
# logarithm.
#
# </details>

# %%
# GRADED FUNCTION: propagate


def propagate(w, b, X, Y):
    """Compute the cost and its gradient.

    Args:
        w: weights, shape (n, 1).
        b: bias, a number.
        X: examples, shape (n, m).
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        grads: dictionary of dw, shape (n, 1), and db, a number: the gradient with respect to w and b.
        cost: the mean cross-entropy of the m examples, a number.
    """
    m = X.shape[1]

    # YOUR CODE STARTS HERE
    A = sigmoid(w.T @ X + b)  # (1, n) @ (n, m) -> (1, m)
    cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
    dw = X @ (A - Y).T / m  # (n, m) @ (m, 1) -> (n, 1)
    db = np.sum(A - Y) / m
    # YOUR CODE ENDS HERE

    grads = {"dw": dw, "db": db}

    return grads, cost


# %%
# Try it
start = np.array([[1.0], [2.0]]), 1.5  # w and b
examples = np.array([[1.0, -2.0, -1.0], [3.0, 0.5, -3.2]]), np.array([[1, 1, 0]])  # X and Y
try:
    grads, cost = propagate(*start, *examples)
    print(f"dw =\n{grads['dw']}")
    print(f"db = {grads['db']:.8f}")
    print(f"cost = {cost:.8f}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# dw =
# [[ 0.25071532]
#  [-0.06604096]]
# db = -0.12500405
# cost = 0.15900538
# ```

# %%
propagate_test(propagate)

# %% [markdown]
# **Try it.** A gradient can be checked without any of its formulas: move a parameter a little up and a little
# down, and see how the cost changes. Both numbers should be the same to five digits or more.

# %%
w, b = start


def slope(move_w, move_b, step=1e-6):
    """Return how fast the cost grows when w and b move in a direction."""
    above, below = (propagate(w + d * move_w, b + d * move_b, *examples)[1] for d in (step, -step))
    return (above - below) / (2 * step)


try:
    grads, _ = propagate(w, b, *examples)
    differences = slope(np.array([[1], [0]]), 0), slope(np.array([[0], [1]]), 0), slope(0, 1)
    print("by the formulas:   ", np.round([*grads["dw"].ravel(), grads["db"]], 7))
    print("by the differences:", np.round(differences, 7))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# <a name='ex-4'></a>
# ### Exercise 4: optimize
#
# Gradient descent repeats
#
# $$w \leftarrow w - \alpha \, dw, \qquad b \leftarrow b - \alpha \, db \tag{9}$$
#
# where the learning rate $\alpha$ says how long the steps are. Write one round: compute the gradient and
# the cost with `propagate`, then the new `w` and `b`. The loop around it is there already, and so are the
# lines that keep the cost of every hundredth round.
#
# <details><summary>Hint</summary>
#
# Write `w = w - ...`, which makes a new array. `w -= ...` changes the array itself, and that belongs to
# whoever called the function.
#
# </details>

# %%
# GRADED FUNCTION: optimize


def optimize(w, b, X, Y, num_iterations=100, learning_rate=0.009, print_cost=False):
    """Learn w and b by gradient descent.

    Args:
        w: weights to start with, shape (n, 1).
        b: bias to start with, a number.
        X: examples, shape (n, m).
        Y: labels, shape (1, m), each 0 or 1.
        num_iterations: how many rounds.
        learning_rate: the factor alpha.
        print_cost: whether to print the cost of every hundredth round.

    Returns:
        params: dictionary of w and b after the last round.
        grads: dictionary of dw and db, as the last round computed them.
        costs: list of the costs of the rounds 0, 100, 200, ...
    """
    costs = []

    for i in range(num_iterations):
        # YOUR CODE STARTS HERE
        grads, cost = propagate(w, b, X, Y)
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        # YOUR CODE ENDS HERE

        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost after round {i}: {cost:.6f}")

    params = {"w": w, "b": b}

    return params, grads, costs


# %%
# Try it
try:
    params, grads, costs = optimize(*start, *examples, num_iterations=100, learning_rate=0.009)
    print(f"w =\n{params['w']}")
    print(f"b = {params['b']:.8f}")
    print(f"dw =\n{grads['dw']}")
    print(f"db = {grads['db']:.8f}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# w =
# [[0.80956046]
#  [2.0508202 ]]
# b = 1.59487132
# dw =
# [[ 0.17860505]
#  [-0.04840656]]
# db = -0.08888460
# ```

# %%
optimize_test(optimize)

# %% [markdown]
# <a name='ex-5'></a>
# ### Exercise 5: predict
#
# With the learned `w` and `b`, compute the probabilities $A$ by (5), and make them answers:
#
# $$\hat y^{(i)} = \begin{cases} 1 & \text{if } a^{(i)} > 0.5 \\ 0 & \text{otherwise} \end{cases} \tag{10}$$
#
# Ones and zeros may be of any type: `1.0`, `1` and `True` are the same to Python.
#
# <details><summary>Hint</summary>
#
# You may fill `Y_prediction` in a loop over the examples. But a comparison works on a whole array too:
# `A > 0.5` has `True` or `False` for each element of `A`, and `.astype(float)` makes numbers of them.
#
# </details>

# %%
# GRADED FUNCTION: predict


def predict(w, b, X):
    """Predict the label of each example.

    Args:
        w: weights, shape (n, 1).
        b: bias, a number.
        X: examples, shape (n, m).

    Returns:
        Y_prediction: labels, 0 or 1, shape (1, m).
    """
    m = X.shape[1]
    Y_prediction = np.zeros((1, m))

    # YOUR CODE STARTS HERE
    A = sigmoid(w.T @ X + b)  # (1, n) @ (n, m) -> (1, m)
    Y_prediction = (A > 0.5).astype(float)
    # YOUR CODE ENDS HERE

    return Y_prediction


# %%
# Try it
learned = np.array([[0.1124579], [0.23106775]]), -0.3  # w and b
new_examples = np.array([[1.0, -1.1, -3.2], [1.2, 2.0, 0.1]])
try:
    print("predictions:", predict(*learned, new_examples))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# predictions: [[1. 1. 0.]]
# ```

# %%
predict_test(predict)

# %% [markdown]
# <a name='5'></a>
# ## 5 - The whole
#
# <a name='ex-6'></a>
# ### Exercise 6: model
#
# Put the parts together, each in its place:
#
# 1. `initialize_with_zeros`, with as many weights as there are features;
# 2. `optimize`, on the training data, with the rounds, the learning rate and `print_cost` that `model` was
#    called with;
# 3. `predict`, with the learned `w` and `b`, once for the test data and once for the training data.
#
# The test labels take no part in learning. They are there to compute the accuracy, nothing else.
#
# <details><summary>Hint</summary>
#
# `optimize` returns three things, and `w` and `b` are in the first of them, a dictionary. The number of
# features is a size of `X_train`: of which axis?
#
# </details>

# %%
# GRADED FUNCTION: model


def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    """Learn from training data, and predict the labels of all data.

    Args:
        X_train: training examples, shape (n, m_train).
        Y_train: their labels, shape (1, m_train).
        X_test: test examples, shape (n, m_test).
        Y_test: their labels, shape (1, m_test).
        num_iterations: how many rounds of gradient descent.
        learning_rate: the factor alpha.
        print_cost: whether to print costs and accuracies.

    Returns:
        d: dictionary of costs, Y_prediction_test (1, m_test), Y_prediction_train (1, m_train), w (n, 1), b,
            learning_rate and num_iterations.
    """
    # YOUR CODE STARTS HERE
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    w, b = params["w"], params["b"]
    Y_prediction_test = predict(w, b, X_test)
    Y_prediction_train = predict(w, b, X_train)
    # YOUR CODE ENDS HERE

    if print_cost:
        print(f"right of the training data: {100 * np.mean(Y_prediction_train == Y_train):.1f} %")
        print(f"right of the test data:     {100 * np.mean(Y_prediction_test == Y_test):.1f} %")

    d = {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }

    return d


# %%
# Try it
test_examples = np.array([[1.0, 4.0], [0.5, -2.0]]), np.array([[1, 0]])
try:
    d = model(*examples, *test_examples, num_iterations=200, learning_rate=0.1)
    print(f"w =\n{d['w']}")
    print(f"b = {d['b']:.8f}")
    print("test predictions:", d["Y_prediction_test"])
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# w =
# [[-0.91900433]
#  [ 1.88110791]]
# b = 0.62929123
# test predictions: [[1. 0.]]
# ```

# %%
model_test(model)

# %% [markdown]
# <a name='6'></a>
# ## 6 - Cats
#
# Nothing is graded from here on. Now your model learns from the pictures, 2000 rounds of it. This takes
# half a minute or so.

# %%
pictures = train_set_x, train_set_y, test_set_x, test_set_y
try:
    cats = model(*pictures, num_iterations=2000, learning_rate=0.005, print_cost=True)
    plt.figure(figsize=(5, 3))
    plt.plot(100 * np.arange(len(cats["costs"])), cats["costs"])
    plt.xlabel("round")
    plt.ylabel("cost")
    plt.title("Learning")
    plt.show()
except NotImplementedError as missing:
    cats = None
    print(missing)

# %% [markdown]
# **Expected output**, in the first line and the last two
#
# ```text
# cost after round 0: 0.693147
# right of the training data: 99.5 %
# right of the test data:     72.0 %
# ```
#
# The first cost is $\log 2$: with all weights 0, every probability is 0.5. At the end the model is right
# about nearly all pictures that it learned from, and about 72 of 100 new ones. It has learned something,
# for whoever tosses a coin gets 50; and it has memorised more: with 12288 weights for 209 pictures it
# could hardly fail to. That is called *overfitting*.
#
# <a name='6-1'></a>
# ### 6.1 - What it gets wrong
#
# The first test pictures about which it is mistaken:

# %%
if cats:
    wrong = np.flatnonzero(cats["Y_prediction_test"] != test_set_y)
    _, axes = plt.subplots(1, 6, figsize=(11, 2.2))
    for axis, i in zip(axes, wrong, strict=False):
        axis.imshow(test_set_x[:, i].reshape(num_px, num_px, 3))
        axis.set_title(f"called {classes[int(cats['Y_prediction_test'][0, i])].decode()}")
    for axis in axes:
        axis.axis("off")
    plt.show()

# %% [markdown]
# <a name='6-2'></a>
# ### 6.2 - What it has learned
#
# There is a weight for each colour of each pixel, so the weights themselves make a picture. Where it is
# bright, bright pixels speak for a cat; where it is dark, against one.

# %%
if cats:
    weights = cats["w"].reshape(num_px, num_px, 3)
    plt.figure(figsize=(3, 3))
    plt.imshow(np.clip(0.5 + weights / (6 * weights.std()), 0, 1))
    plt.axis("off")
    plt.title("Weights")
    plt.show()

# %% [markdown]
# The shadows of many cats lie upon one another: they are now here, now there, now dark, now light, and one
# weight for each number has to do for all of them. A single unit cannot say "two pointed ears, wherever they
# are". Networks with more layers can say more, and the exercises after this one build them.
#
# <a name='6-3'></a>
# ### 6.3 - The learning rate
#
# A rate that is too small needs many rounds; one that is too large steps over the valley to the other
# side, where the cost may be higher than before. To save time, this learns from every fourth pixel only.
#
# **Try it.** Put other rates into the list. From which one on does the cost never settle?


# %%
def fewer_pixels(X):
    """Return every fourth pixel of pictures in columns."""
    pictures = X.T.reshape(-1, num_px, num_px, 3)
    return pictures[:, ::2, ::2].reshape(len(pictures), -1).T


small_train, small_test = fewer_pixels(train_set_x), fewer_pixels(test_set_x)
plt.figure(figsize=(5, 3))
try:
    for rate in (0.05, 0.02, 0.002):
        run = model(small_train, train_set_y, small_test, test_set_y, num_iterations=1000, learning_rate=rate)
        plt.plot(100 * np.arange(len(run["costs"])), run["costs"], label=f"rate {rate}")
    plt.legend()
except NotImplementedError as missing:
    print(missing)
plt.xlabel("round")
plt.ylabel("cost")
plt.show()

# %% [markdown]
# A lower cost is not a better model: what counts is how often it is right about new pictures.
#
# <a name='6-4'></a>
# ### 6.4 - A picture of yours
#
# Put a picture into the folder of this notebook, and its name below. The cell takes 64 rows and 64 columns
# of it, evenly spread. The model has only ever seen drawn cats; do not be surprised by what it says about
# a photo.

# %%
my_picture = "my_picture.png"

if not Path(my_picture).exists():
    print(f"There is no {my_picture} yet.")
elif cats:
    mine = plt.imread(my_picture)[..., :3]
    mine = mine / (255 if mine.dtype == np.uint8 else 1)
    rows, columns = (np.linspace(0, size - 1, num_px).astype(int) for size in mine.shape[:2])
    mine = mine[rows][:, columns]
    answer = int(predict(cats["w"], cats["b"], mine.reshape(-1, 1))[0, 0])
    plt.figure(figsize=(2.5, 2.5))
    plt.imshow(mine)
    plt.axis("off")
    plt.title(classes[answer].decode())
    plt.show()

# %% [markdown]
# <a name='7'></a>
# ## 7 - What you have built
#
# - A model that learns to recognise cats, from the file to the prediction, in NumPy alone.
# - The round that trains every network: forward, cost, backward, update.
# - Gradients for all examples at once, as products of matrices, and a way to check any gradient.
#
# One unit draws one border between the classes, and it is straight. In the next exercise, *Planar data
# classification with one hidden layer*, a layer of units comes before the last one, and borders may bend.
