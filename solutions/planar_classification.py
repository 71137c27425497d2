# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Planar data classification with one hidden layer
#
# Four hundred points of the plane make a flower, some of its petals red and some blue. No straight line
# can tell the colours apart. Here you write a network with one hidden layer that can, in eight short
# functions: what a network of any size does, this one does too.
#
# Afterwards you will be able to
#
# - build a network of one hidden layer for two classes,
# - use a unit that is not linear, $\tanh$, and say what would be missing without it,
# - compute the cross-entropy cost, and
# - compute the gradients of all parameters, and train the network with them.
#
# **How this notebook works.** Write between the lines `# YOUR CODE STARTS HERE` and
# `# YOUR CODE ENDS HERE`, and leave the names and the parameters of the functions as they are. The line
# `raise NotImplementedError(...)` only holds the place: delete it. Below each function are two cells: one
# in which you try it on a small input, with the output to expect, and one that tests it. A function earns
# its points when what it returns is right for networks of every size, not only for those that you see
# here.
#
# **Contents**
#
# - [1 - Packages](#1)
# - [2 - The flower](#2)
# - [3 - A straight line is not enough](#3)
# - [4 - A network with one hidden layer](#4)
#     - [Exercise 1: layer_sizes](#ex-1) (5 points)
#     - [Exercise 2: initialize_parameters](#ex-2) (10 points)
#     - [Exercise 3: forward_propagation](#ex-3) (15 points)
#     - [Exercise 4: compute_cost](#ex-4) (10 points)
#     - [Exercise 5: backward_propagation](#ex-5) (20 points)
#     - [Exercise 6: update_parameters](#ex-6) (10 points)
#     - [Exercise 7: nn_model](#ex-7) (20 points)
#     - [Exercise 8: predict](#ex-8) (10 points)
# - [5 - The flower again](#5)
# - [6 - How many hidden units?](#6)
# - [7 - Other data](#7)
# - [8 - What you have built](#8)

# %% [markdown]
# <a name='1'></a>
# ## 1 - Packages
#
# - `numpy` computes with arrays, and `matplotlib` draws;
# - `planar_utils` provides the data, the function sigmoid, and a drawing of what a model predicts;
# - `testCases_v2` provides small inputs on which you can try a function;
# - `public_tests` provides the tests below the exercises.

# %%
import matplotlib.pyplot as plt
import numpy as np
from planar_utils import load_extra_datasets, load_planar_dataset, plot_decision_boundary, sigmoid
from testCases_v2 import (
    backward_propagation_test_case,
    compute_cost_test_case,
    forward_propagation_test_case,
    initialize_parameters_test_case,
    layer_sizes_test_case,
    nn_model_test_case,
    predict_test_case,
    update_parameters_test_case,
)

from public_tests import (
    backward_propagation_test,
    compute_cost_test,
    forward_propagation_test,
    initialize_parameters_test,
    layer_sizes_test,
    nn_model_test,
    predict_test,
    update_parameters_test,
)

# %matplotlib inline

# %% [markdown]
# <a name='2'></a>
# ## 2 - The flower
#
# Each column of `X` is a point, with its two coordinates $x_1$ and $x_2$. The same column of `Y` is its
# label: 0 for red, 1 for blue.

# %%
X, Y = load_planar_dataset()

plt.scatter(X[0], X[1], c=Y.ravel(), cmap="Spectral", edgecolors="black", s=25)
plt.xlabel("$x_1$")
plt.ylabel("$x_2$")
plt.show()

# %% [markdown]
# **Try it.** Look at data before you compute with it. How many points are there, and which shapes do the
# two arrays have? Change the cell as you like; nothing in it is graded.

# %%
print("shape of X:", X.shape)
print("shape of Y:", Y.shape)
print("number of points:", X.shape[1])

# %% [markdown]
# **Expected output**
#
# ```text
# shape of X: (2, 400)
# shape of Y: (1, 400)
# number of points: 400
# ```

# %% [markdown]
# <a name='3'></a>
# ## 3 - A straight line is not enough
#
# Logistic regression, which you wrote in the exercise before, adds up the coordinates with a weight for
# each, and calls a point blue if $w_1 x_1 + w_2 x_2 + b > 0$. The border between the two sides is a
# straight line, wherever it lies. The cell finds the one of the least cost by gradient descent.


# %%
def straight_line(X, Y, steps=1000, learning_rate=0.1):
    """Return the weights w (2, 1) and the bias b of logistic regression."""
    w, b = np.zeros((2, 1)), 0.0
    for _ in range(steps):
        dz = sigmoid(w.T @ X + b) - Y
        w = w - learning_rate * X @ dz.T / X.shape[1]
        b = b - learning_rate * dz.mean()
    return w, b


def accuracy(predictions, Y):
    """Return how many percent of the predictions are right."""
    return 100 * np.mean(np.ravel(predictions) == np.ravel(Y))


w, b = straight_line(X, Y)
plot_decision_boundary(lambda places: places @ w + b > 0, X, Y)
plt.title("Logistic regression")
plt.show()
print(f"right: {accuracy(w.T @ X + b > 0, Y):.1f} %")

# %% [markdown]
# **Expected output**
#
# ```text
# right: 47.0 %
# ```
#
# Whoever tosses a coin is as good. More steps do not help: both colours have petals on both sides of
# every line.

# %% [markdown]
# <a name='4'></a>
# ## 4 - A network with one hidden layer
#
# Between the inputs and the output comes a layer of hidden units. Each draws a border of its own, a soft
# one, and the output unit weighs what they say.
#
# ![Two inputs, four hidden units with tanh, one output unit with sigmoid](images/network.svg)
#
# For one point $x^{(i)}$:
#
# $$z^{[1](i)} = W^{[1]} x^{(i)} + b^{[1]}, \qquad a^{[1](i)} = \tanh\left(z^{[1](i)}\right) \tag{1}$$
#
# $$z^{[2](i)} = W^{[2]} a^{[1](i)} + b^{[2]}, \qquad
# a^{[2](i)} = \sigma\left(z^{[2](i)}\right) = \frac{1}{1 + e^{-z^{[2](i)}}} \tag{2}$$
#
# The result $a^{[2](i)}$ is the probability that the point is blue. To train a network is to repeat
#
# 1. **forward propagation**: from the points to the probabilities;
# 2. **cost**: one number that says how far they are from the labels;
# 3. **backward propagation**: how the cost changes with every parameter;
# 4. **update**: a small step that makes the cost smaller.
#
# | sign | meaning | shape |
# |---|---|---|
# | $m$ | number of points; each is one column | |
# | $n_x, n_h, n_y$ | numbers of inputs, hidden units and output units | |
# | $X, Y$ | all points, and all labels | $(n_x, m)$, $(n_y, m)$ |
# | $W^{[1]}, b^{[1]}$ | weights and biases of the hidden layer | $(n_h, n_x)$, $(n_h, 1)$ |
# | $W^{[2]}, b^{[2]}$ | weights and biases of the output layer | $(n_y, n_h)$, $(n_y, 1)$ |
# | $Z^{[1]}, A^{[1]}$ | the hidden layer before and after $\tanh$ | $(n_h, m)$ |
# | $Z^{[2]}, A^{[2]}$ | the output layer before and after $\sigma$ | $(n_y, m)$ |
# | $dW^{[1]}, \dots$ | gradient of the cost with respect to $W^{[1]}, \dots$ | that of $W^{[1]}, \dots$ |

# %% [markdown]
# <a name='ex-1'></a>
# ### Exercise 1: layer_sizes
#
# The data decide how many inputs and outputs the network has. How many hidden units it has is up to you;
# let this function say **4**, whatever the data.
#
# <details><summary>Hint</summary>
#
# Points are columns, so the number of rows of `X` is the number of inputs: `X.shape` is a pair.
#
# </details>

# %%
# GRADED FUNCTION: layer_sizes


def layer_sizes(X, Y):
    """Return the numbers of units of each layer.

    Args:
        X: points, shape (n_x, m).
        Y: labels, shape (n_y, m).

    Returns:
        n_x: number of inputs.
        n_h: number of hidden units, 4.
        n_y: number of output units.
    """
    # YOUR CODE STARTS HERE
    n_x = X.shape[0]
    n_h = 4
    n_y = Y.shape[0]
    # YOUR CODE ENDS HERE

    return n_x, n_h, n_y


# %%
# Try it
try:
    print("inputs, hidden units, outputs:", layer_sizes(*layer_sizes_test_case()))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# inputs, hidden units, outputs: (5, 4, 2)
# ```

# %%
layer_sizes_test(layer_sizes)

# %% [markdown]
# <a name='ex-2'></a>
# ### Exercise 2: initialize_parameters
#
# The weights start as small random numbers. Hidden units that started equal would get equal gradients,
# and stay equal for ever; one of them would do as well as four. The biases may start at 0, since the
# weights already tell the units apart.
#
# - Draw `np.random.randn(rows, columns) * 0.01` for $W^{[1]}$ first, then for $W^{[2]}$.
# - Do not set a seed in here. The cell below and the test set it before they call your function, so that
#   your random numbers are those to expect.
#
# <details><summary>Hint</summary>
#
# `np.zeros((rows, 1))` makes a column. Mind the two pairs of brackets: a shape is one argument, a tuple.
#
# </details>

# %%
# GRADED FUNCTION: initialize_parameters


def initialize_parameters(n_x, n_h, n_y):
    """Start the parameters of the network.

    Args:
        n_x: number of inputs.
        n_h: number of hidden units.
        n_y: number of output units.

    Returns:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1). Weights are
            normally distributed with standard deviation 0.01; biases are 0.
    """
    # YOUR CODE STARTS HERE
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    # YOUR CODE ENDS HERE

    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    return parameters


# %%
# Try it
np.random.seed(2)
try:
    for name, value in initialize_parameters(*initialize_parameters_test_case()).items():
        print(f"{name} =\n{value}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# W1 =
# [[-0.00416758 -0.00056267]
#  [-0.02136196  0.01640271]
#  [-0.01793436 -0.00841747]
#  [ 0.00502881 -0.01245288]]
# b1 =
# [[0.]
#  [0.]
#  [0.]
#  [0.]]
# W2 =
# [[-0.01057952 -0.00909008  0.00551454  0.02292208]]
# b2 =
# [[0.]]
# ```

# %%
initialize_parameters_test(initialize_parameters)

# %% [markdown]
# <a name='ex-3'></a>
# ### Exercise 3: forward_propagation
#
# Compute (1) and (2) for all points at once. The columns of $X$ are the points, so the same formulas hold
# for matrices, without a loop:
#
# $$Z^{[1]} = W^{[1]} X + b^{[1]}, \quad A^{[1]} = \tanh\left(Z^{[1]}\right), \quad
# Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}, \quad A^{[2]} = \sigma\left(Z^{[2]}\right) \tag{3}$$
#
# The backward pass will need what the forward pass computed. So keep all four in a *cache*.
#
# <details><summary>Hints</summary>
#
# - `@` and `np.dot` multiply matrices; `*` multiplies element by element.
# - The shapes tell the order: $(n_h, n_x) \cdot (n_x, m) \to (n_h, m)$. NumPy adds the column $b^{[1]}$ to
#   each of the $m$ columns.
# - `np.tanh` and `sigmoid` work on whole arrays.
#
# </details>

# %%
# GRADED FUNCTION: forward_propagation


def forward_propagation(X, parameters):
    """Compute the probability that each point is blue.

    Args:
        X: points, shape (n_x, m).
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).

    Returns:
        A2: probabilities, shape (1, m).
        cache: dictionary of Z1 (n_h, m), A1 (n_h, m), Z2 (1, m), A2 (1, m).
    """
    # YOUR CODE STARTS HERE
    Z1 = parameters["W1"] @ X + parameters["b1"]  # (n_h, n_x) @ (n_x, m) -> (n_h, m)
    A1 = np.tanh(Z1)
    Z2 = parameters["W2"] @ A1 + parameters["b2"]  # (1, n_h) @ (n_h, m) -> (1, m)
    A2 = sigmoid(Z2)
    # YOUR CODE ENDS HERE

    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}

    return A2, cache


# %%
# Try it
try:
    A2, cache = forward_propagation(*forward_propagation_test_case())
    print("A2 =", A2)
    print("means:", *(f"{name} {np.mean(value):.8f}" for name, value in cache.items()))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# A2 = [[0.21292656 0.21274673 0.21295976]]
# means: Z1 0.26281864 A1 0.09199905 Z2 -1.30766601 A2 0.21287768
# ```

# %%
forward_propagation_test(forward_propagation)

# %% [markdown]
# <a name='ex-4'></a>
# ### Exercise 4: compute_cost
#
# The cross-entropy measures how surprised somebody who believes the probabilities is by the labels, on
# average over the points:
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \left(
# y^{(i)} \log a^{[2](i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{[2](i)}\right)
# \right) \tag{4}$$
#
# Of the two terms one is 0 for each point: the label says which. Somebody who always says "one half" has
# the cost $\log 2 \approx 0.693$; remember that number, since every training begins near it.
#
# <details><summary>Hints</summary>
#
# - `np.log` is the natural logarithm, element by element; so is `*`. `np.sum` adds up all elements.
# - You may write the sum as a matrix product too, such as `np.dot(np.log(A2), Y.T)`. That is an array of
#   shape `(1, 1)`; `float(np.squeeze(...))` makes a number of it.
#
# </details>

# %%
# GRADED FUNCTION: compute_cost


def compute_cost(A2, Y):
    """Compute the cross-entropy between probabilities and labels.

    Args:
        A2: probabilities, shape (1, m), each strictly between 0 and 1.
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        cost: the mean cross-entropy of the m points, a single number.
    """
    m = Y.shape[1]  # number of points

    # YOUR CODE STARTS HERE
    cost = -np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m
    # YOUR CODE ENDS HERE

    return cost


# %%
# Try it
try:
    print(f"cost = {compute_cost(*compute_cost_test_case()):.10f}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# cost = 0.6930587610
# ```

# %%
compute_cost_test(compute_cost)

# %% [markdown]
# <a name='ex-5'></a>
# ### Exercise 5: backward_propagation
#
# This is the heart of it. The chain rule goes through the network from its end to its beginning, one step
# for each step of the way forward:
#
# | forward | backward | shape |
# |---|---|---|
# | cost of $A^{[2]} = \sigma(Z^{[2]})$ | $dZ^{[2]} = A^{[2]} - Y$ | $(1, m)$ |
# | $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$ | $dW^{[2]} = \frac{1}{m}\, dZ^{[2]} A^{[1]T}$ | $(1, n_h)$ |
# | | $db^{[2]} = \frac{1}{m} \sum_i dZ^{[2](i)}$ | $(1, 1)$ |
# | $A^{[1]} = \tanh(Z^{[1]})$ | $dZ^{[1]} = W^{[2]T} dZ^{[2]} * (1 - A^{[1]} * A^{[1]})$ | $(n_h, m)$ |
# | $Z^{[1]} = W^{[1]} X + b^{[1]}$ | $dW^{[1]} = \frac{1}{m}\, dZ^{[1]} X^T$ | $(n_h, n_x)$ |
# | | $db^{[1]} = \frac{1}{m} \sum_i dZ^{[1](i)}$ | $(n_h, 1)$ |
#
# Here $*$ multiplies element by element. Two things make this short. The slopes of the cross-entropy and
# of the sigmoid cancel, so that $dZ^{[2]}$ is just the error of the probabilities. And the slope of $\tanh$
# is known from its value: $\tanh'(z) = 1 - \tanh^2(z)$, which is $1 - a^2$.
#
# <details><summary>Hints</summary>
#
# - Take $A^{[1]}$ and $A^{[2]}$ from the cache, and $W^{[2]}$ from the parameters.
# - The sums run over the points and leave one number for each unit. Keep the result a column: `np.sum` has
#   the options `axis` and `keepdims`.
# - The factor $\frac{1}{m}$ stands where points are added up, and nowhere else.
#
# </details>

# %%
# GRADED FUNCTION: backward_propagation


def backward_propagation(parameters, cache, X, Y):
    """Compute the gradients of the cost.

    Args:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).
        cache: dictionary of Z1, A1, Z2 and A2, as the forward pass stored it.
        X: points, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        grads: dictionary of dW1, db1, dW2, db2, each of the shape of W1, b1, W2, b2.
    """
    m = X.shape[1]  # number of points

    # YOUR CODE STARTS HERE
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y  # (1, m)
    dW2 = dZ2 @ A1.T / m  # (1, m) @ (m, n_h) -> (1, n_h)
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m  # (1, 1)
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2)  # (n_h, 1) @ (1, m) -> (n_h, m)
    dW1 = dZ1 @ X.T / m  # (n_h, m) @ (m, n_x) -> (n_h, n_x)
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m  # (n_h, 1)
    # YOUR CODE ENDS HERE

    grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

    return grads


# %%
# Try it
try:
    for name, value in backward_propagation(*backward_propagation_test_case()).items():
        print(f"{name} =\n{value}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# dW1 =
# [[ 0.00301023 -0.00747267]
#  [ 0.00257968 -0.00641288]
#  [-0.00156892  0.003893  ]
#  [-0.00652037  0.01618243]]
# db1 =
# [[ 0.00176201]
#  [ 0.00150995]
#  [-0.00091736]
#  [-0.00381422]]
# dW2 =
# [[ 0.00078841  0.01765429 -0.00084166 -0.01022527]]
# db2 =
# [[-0.16655712]]
# ```

# %%
backward_propagation_test(backward_propagation)

# %% [markdown]
# **Try it.** You need not believe a gradient: it says how the cost changes when a parameter moves a
# little, and that can be measured. The cell moves one weight up and down and compares. Try other weights.

# %%
try:
    parameters, _, points, classes = backward_propagation_test_case()
    costs = []
    for step in (+1e-5, -1e-5):
        moved = {name: value.copy() for name, value in parameters.items()}
        moved["W1"][3, 1] += step
        costs.append(compute_cost(forward_propagation(points, moved)[0], classes))
    _, cache = forward_propagation(points, parameters)
    print(f"measured: {(costs[0] - costs[1]) / 2e-5:.6f}")
    print(f"computed: {backward_propagation(parameters, cache, points, classes)['dW1'][3, 1]:.6f}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# measured: 0.016182
# computed: 0.016182
# ```

# %% [markdown]
# <a name='ex-6'></a>
# ### Exercise 6: update_parameters
#
# The gradient points to where the cost grows fastest, so gradient descent steps the other way. The
# learning rate $\alpha$ is the length of the step. For each parameter $\theta$:
#
# $$\theta \leftarrow \theta - \alpha\, d\theta \tag{5}$$
#
# With too long a step the cost jumps to and fro; with too short a one it hardly moves.
#
# <details><summary>Hint</summary>
#
# Write `W1 = W1 - ...` rather than `W1 -= ...`. The second one changes the array of whoever called your
# function; or take a copy of it first, with `copy.deepcopy`.
#
# </details>

# %%
# GRADED FUNCTION: update_parameters


def update_parameters(parameters, grads, learning_rate=1.2):
    """Take one step of gradient descent.

    Args:
        parameters: dictionary of W1, b1, W2, b2.
        grads: dictionary of dW1, db1, dW2, db2.
        learning_rate: the factor alpha.

    Returns:
        parameters: new dictionary of W1, b1, W2, b2 after the step.
    """
    # YOUR CODE STARTS HERE
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    # YOUR CODE ENDS HERE

    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    return parameters


# %%
# Try it
try:
    for name, value in update_parameters(*update_parameters_test_case()).items():
        print(f"{name} =\n{value}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# W1 =
# [[-0.00643025  0.01936718]
#  [-0.02410458  0.03978052]
#  [-0.01653973 -0.02096177]
#  [ 0.01046864 -0.05990141]]
# b1 =
# [[-1.02420756e-06]
#  [ 1.27373948e-05]
#  [ 8.32996807e-07]
#  [-3.20136836e-06]]
# W2 =
# [[-0.01041081 -0.04463285  0.01758031  0.04747113]]
# b2 =
# [[0.00010457]]
# ```

# %%
update_parameters_test(update_parameters)

# %% [markdown]
# <a name='ex-7'></a>
# ### Exercise 7: nn_model
#
# Put the pieces together: start the parameters, then repeat the four steps of a round. Each of them is
# one call of a function that you have written.
#
# - $n_h$ is an argument here, so take only $n_x$ and $n_y$ from `layer_sizes`.
# - Each round uses the parameters of the round before.
# - Leave the seed where it is.
#
# <details><summary>Hint</summary>
#
# The four calls in their order: `forward_propagation`, `compute_cost`, `backward_propagation`,
# `update_parameters`. Look up in the docstrings what each of them takes, and what it returns.
#
# </details>

# %%
# GRADED FUNCTION: nn_model


def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """Train a network with one hidden layer.

    Args:
        X: points, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.
        n_h: number of hidden units.
        num_iterations: number of rounds of gradient descent, with the usual learning rate.
        print_cost: whether to print the cost of every 1000th round.

    Returns:
        parameters: dictionary of W1, b1, W2, b2 after the last round.
    """
    np.random.seed(3)
    n_x, _, n_y = layer_sizes(X, Y)

    # YOUR CODE STARTS HERE
    parameters = initialize_parameters(n_x, n_h, n_y)
    # YOUR CODE ENDS HERE

    for i in range(num_iterations):
        # YOUR CODE STARTS HERE
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        # YOUR CODE ENDS HERE

        if print_cost and i % 1000 == 0:
            print(f"cost after round {i}: {cost:.6f}")

    return parameters


# %%
# Try it
try:
    for name, value in nn_model(*nn_model_test_case(), n_h=4, print_cost=True).items():
        print(f"{name} =\n{value}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output** (the last digits may differ)
#
# ```text
# cost after round 0: 0.693086
# cost after round 1000: 0.000220
# cost after round 2000: 0.000108
# cost after round 3000: 0.000072
# cost after round 4000: 0.000054
# cost after round 5000: 0.000043
# cost after round 6000: 0.000036
# cost after round 7000: 0.000030
# cost after round 8000: 0.000027
# cost after round 9000: 0.000024
# W1 =
# [[ 0.71392202  1.31281102]
#  [-0.76411243 -1.41967065]
#  [-0.75040545 -1.38857337]
#  [ 0.56495575  1.04857776]]
# b1 =
# [[-0.0073536 ]
#  [ 0.01534663]
#  [ 0.01262938]
#  [ 0.00218135]]
# W2 =
# [[ 2.82545815 -3.3063945  -3.16116615  1.8549574 ]]
# b2 =
# [[0.00393452]]
# ```

# %%
nn_model_test(nn_model)

# %% [markdown]
# <a name='ex-8'></a>
# ### Exercise 8: predict
#
# Turn probabilities into classes:
#
# $$\hat y^{(i)} = \begin{cases} 1 & \text{if } a^{[2](i)} > 0.5 \\ 0 & \text{otherwise} \end{cases} \tag{6}$$
#
# Truth values will do, and so will numbers that are 0 or 1.
#
# <details><summary>Hint</summary>
#
# A comparison works on a whole array at once: `A > threshold` has a truth value for each element of `A`.
#
# </details>

# %%
# GRADED FUNCTION: predict


def predict(parameters, X):
    """Predict the class of each point.

    Args:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).
        X: points, shape (n_x, m).

    Returns:
        predictions: classes, shape (1, m): 0 or False for red, 1 or True for blue.
    """
    # YOUR CODE STARTS HERE
    A2, _ = forward_propagation(X, parameters)
    predictions = A2 > 0.5
    # YOUR CODE ENDS HERE

    return predictions


# %%
# Try it
try:
    print("blue:", predict(*predict_test_case()))
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output** (or ones and zeros)
#
# ```text
# blue: [[ True False  True]]
# ```

# %%
predict_test(predict)

# %% [markdown]
# <a name='5'></a>
# ## 5 - The flower again
#
# Nothing is graded from here on. Train a network of four hidden units on the flower. This takes a few
# seconds.


# %%
def draw(parameters, X, Y, title):
    """Draw what a network predicts everywhere; the title ends with how many points it has right."""
    plot_decision_boundary(lambda places: predict(parameters, places.T), X, Y)
    plt.title(f"{title}: {accuracy(predict(parameters, X), Y):.0f} % right")


try:
    parameters = nn_model(X, Y, n_h=4, num_iterations=10000, print_cost=True)
    draw(parameters, X, Y, "4 hidden units")
    plt.show()
    print(f"right: {accuracy(predict(parameters, X), Y):.0f} %")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output** (of later rounds, the last digits may differ)
#
# ```text
# cost after round 0: 0.693162
# cost after round 1000: 0.258625
# cost after round 2000: 0.239334
# ...
# right: 91 %
# ```
#
# The straight line had 47 %. Four borders, each of which is straight before $\tanh$ bends it, go around
# the petals.

# %% [markdown]
# <a name='6'></a>
# ## 6 - How many hidden units?
#
# One unit draws one border, a straight line again, if a luckier one. More units follow the points more
# closely; with very many they follow the noise too, and predict new points worse.

# %%
try:
    plt.figure(figsize=(12, 8))
    for place, n_h in enumerate((1, 2, 3, 5, 10, 20), start=1):
        plt.subplot(2, 3, place)
        draw(nn_model(X, Y, n_h, num_iterations=2500), X, Y, f"{n_h} hidden units")
    plt.tight_layout()
    plt.show()
except NotImplementedError as missing:
    plt.close()
    print(missing)

# %% [markdown]
# **Try it.**
#
# - Give `update_parameters` another learning rate, such as 0.1 or 5. What does the cost do?
# - Put a sigmoid in the place of $\tanh$, or nothing at all. Which line of `backward_propagation` changes
#   with it? Without anything, how good can the network become? (Put `np.tanh` back afterwards.)

# %% [markdown]
# <a name='7'></a>
# ## 7 - Other data
#
# Choose one of the four datasets. Which of them need a hidden layer, and which would a straight line do
# for as well?

# %%
noisy_circles, noisy_moons, blobs, gaussian_quantiles, no_structure = load_extra_datasets()

points, classes = noisy_moons  # or noisy_circles, blobs, gaussian_quantiles
points, classes = points.T, classes.reshape(1, -1) % 2  # the blobs have six labels: take even and odd

try:
    draw(nn_model(points, classes, n_h=5, num_iterations=5000), points, classes, "5 hidden units")
    plt.show()
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# <a name='8'></a>
# ## 8 - What you have built
#
# - A network with one hidden layer, from its first random weights to its predictions, in NumPy alone.
# - Forward and backward propagation as matrices, without a loop over the points.
# - A way to check any gradient: move a parameter a little, and measure.
#
# Nothing in these functions needs there to be just one hidden layer. In the next exercise, *Building your
# Deep Neural Network: Step by Step*, you take them apart, so that the same few steps make networks of any
# depth.
