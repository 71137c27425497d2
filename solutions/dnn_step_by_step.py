# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Building your Deep Neural Network: Step by Step
#
# A deep neural network is a handful of short functions that call one another. Here you write ten of
# them, the smallest first, until a network of any depth learns from data in the last cell.
#
# Afterwards you will be able to
#
# - start a network of any number of layers,
# - compute what it predicts, and how wrong that is,
# - compute the gradient of the cost for every weight and every bias, and
# - take steps of gradient descent.
#
# **How this notebook works.** Write between the lines `# YOUR CODE STARTS HERE` and
# `# YOUR CODE ENDS HERE`, and leave the names and the parameters of the functions as they are. The line
# `raise NotImplementedError(...)` only holds the place: delete it. Run the cell below your function to
# test it. Each of the ten functions earns 10 points when what it returns is right for networks of every
# size, not only for those that you see here.
#
# **Notation.**
#
# | sign | meaning |
# |---|---|
# | $[l]$ above a letter | belongs to layer $l$, for example $W^{[l]}$; the last layer is $L$ |
# | $n^{[l]}$ | the number of units of layer $l$; $n^{[0]} = n_x$ is the number of input features |
# | $m$ | the number of examples; each example is one column |
# | $A^{[l]}$ | the activations of layer $l$, shape $(n^{[l]}, m)$; $A^{[0]} = X$, and $A^{[L]}$ predicts |
# | $dW$, $dA$, ... | the gradient with respect to $W$, $A$, ...; it has the shape of the thing itself |

# %% [markdown]
# ## 1 - Packages
#
# - `numpy` computes with arrays, `matplotlib` draws, and `copy` copies dictionaries with all they hold;
# - `dnn_utils` provides the activation functions sigmoid and ReLU, and their derivatives;
# - `testCases` provides small inputs on which you can try a function;
# - `public_tests` provides the tests below the exercises.

# %%
import copy

import matplotlib.pyplot as plt
import numpy as np
from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward
from testCases import linear_forward_test_case

from public_tests import (
    L_model_backward_test,
    L_model_forward_test,
    compute_cost_test,
    initialize_parameters_deep_test,
    initialize_parameters_test,
    linear_activation_backward_test,
    linear_activation_forward_test,
    linear_backward_test,
    linear_forward_test,
    update_parameters_test,
)

# %matplotlib inline

# %% [markdown]
# ## 2 - Outline
#
# Training repeats one round again and again:
#
# 1. **forward**: from the inputs $X$ through all layers to the prediction $A^{[L]}$. A layer is a linear
#    part followed by an activation: ReLU in the layers $1, \dots, L-1$ and sigmoid in layer $L$;
# 2. **cost**: one number that says how far the prediction is from the labels $Y$;
# 3. **backward**: from the cost back through the layers, last layer first, to the gradients;
# 4. **update**: a small step of all parameters against their gradients.
#
# Going backward through a layer needs what the layer saw when it went forward. So every forward
# function returns its result together with a *cache*, and the backward function of the same layer
# receives that cache.


# %%
def draw_row(axis, y, labels, color, direction):
    """Draw boxes from left to right at height `y`, with arrows that point in `direction` (+1 or -1)."""
    for x, label in enumerate(labels):
        box = {"boxstyle": "round,pad=0.5", "facecolor": color}
        axis.text(x, y, label, ha="center", va="center", bbox=box)
    for x in range(len(labels) - 1):
        start, end = (x + 0.36, x + 0.64)[::direction]
        axis.annotate("", xy=(end, y), xytext=(start, y), arrowprops={"arrowstyle": "->"})


figure, axis = plt.subplots(figsize=(11, 2.6))
draw_row(axis, 1, ["$X$", "LINEAR\nReLU", "...", "LINEAR\nsigmoid", "cost"], "lavender", +1)
draw_row(axis, 0, ["$dA^{[0]}$", "ReLU\nLINEAR", "...", "sigmoid\nLINEAR", "$dA^{[L]}$"], "mistyrose", -1)
for x in (1, 3):
    axis.annotate("", xy=(x, 0.25), xytext=(x, 0.75), arrowprops={"arrowstyle": "->", "linestyle": "--"})
    axis.text(x + 0.06, 0.5, "cache", va="center", style="italic")
    axis.text(x, -0.42, "$dW,\\ db$", ha="center", va="center")
axis.set(xlim=(-0.6, 4.6), ylim=(-0.5, 1.4), title="One round: forward on top, backward below")
axis.axis("off")
plt.show()

# %% [markdown]
# ## 3 - Initialization
#
# The weights of a layer that has $n$ units and receives $n_{prev}$ numbers form a matrix $W$ of shape
# $(n, n_{prev})$, one row for each unit. The biases form a column $b$ of shape $(n, 1)$.
#
# The weights start as small random numbers: units that started equal would receive equal gradients and
# stay equal for ever. The biases may start at zero, since the weights already tell the units apart.
#
# The seed in the functions makes your random numbers the same as those of the tests. Leave it in its
# place, and draw the weights of layer 1 first, then those of layer 2, and so on.
#
# ### Exercise 1: initialize_parameters
#
# Start a network with two layers: $n_x$ inputs, $n_h$ hidden units, $n_y$ outputs.
#
# - Weights: `np.random.randn(rows, columns) * 0.01`.
# - Biases: `np.zeros((rows, 1))`; mind that the shape is one argument, a tuple.

# %%
# GRADED FUNCTION: initialize_parameters


def initialize_parameters(n_x, n_h, n_y):
    """Start the parameters of a network with one hidden layer.

    Args:
        n_x: number of input features.
        n_h: number of hidden units.
        n_y: number of output units.

    Returns:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1). Weights are
            normally distributed with standard deviation 0.01; biases are 0.
    """
    np.random.seed(1)

    # YOUR CODE STARTS HERE
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    # YOUR CODE ENDS HERE

    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}

    return parameters


# %%
initialize_parameters_test(initialize_parameters)

# %% [markdown]
# ### Exercise 2: initialize_parameters_deep
#
# Now the same for any number of layers. `layer_dims` lists the numbers of units, the input first: a
# network with `layer_dims = [5, 4, 3]` has two layers, and for example $W^{[2]}$ has shape $(3, 4)$.
#
# | | shape of $W$ | shape of $b$ | linear part |
# |---|---|---|---|
# | layer 1 | $(n^{[1]}, n^{[0]})$ | $(n^{[1]}, 1)$ | $Z^{[1]} = W^{[1]} X + b^{[1]}$ |
# | layer $l$ | $(n^{[l]}, n^{[l-1]})$ | $(n^{[l]}, 1)$ | $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ |
# | layer $L$ | $(n^{[L]}, n^{[L-1]})$ | $(n^{[L]}, 1)$ | $Z^{[L]} = W^{[L]} A^{[L-1]} + b^{[L]}$ |
#
# - Fill the dictionary in a loop over the layers 1, 2, ...; `f"W{layer}"` makes the keys.
# - The scale is 0.01 again.

# %%
# GRADED FUNCTION: initialize_parameters_deep


def initialize_parameters_deep(layer_dims):
    """Start the parameters of a network of any depth.

    Args:
        layer_dims: list of the numbers of units n[0], n[1], ..., n[L]; n[0] is the number of features.

    Returns:
        parameters: dictionary of Wl (n[l], n[l-1]) and bl (n[l], 1) for l = 1, ..., L. Weights are
            normally distributed with standard deviation 0.01; biases are 0.
    """
    np.random.seed(3)
    parameters = {}

    # YOUR CODE STARTS HERE
    for layer in range(1, len(layer_dims)):
        parameters[f"W{layer}"] = np.random.randn(layer_dims[layer], layer_dims[layer - 1]) * 0.01
        parameters[f"b{layer}"] = np.zeros((layer_dims[layer], 1))
    # YOUR CODE ENDS HERE

    return parameters


# %%
initialize_parameters_deep_test(initialize_parameters_deep)

# %% [markdown]
# ## 4 - Forward propagation
#
# Three functions, each of which uses the one before: the linear part of a layer, a whole layer, and the
# whole network.
#
# You can always look at an input before you compute with it. These are the shapes of an $A$, a $W$ and
# a $b$ that fit together:

# %%
for array in linear_forward_test_case():
    print(array.shape)

# %% [markdown]
# ### Exercise 3: linear_forward
#
# The linear part of a layer, for all examples at once:
#
# $$Z = W A + b \tag{1}$$
#
# where $A$ is what the previous layer put out. The product sums over the units of the previous layer:
# $(n, n_{prev}) \cdot (n_{prev}, m) \to (n, m)$. The column $b$ is added to each of the $m$ columns.
#
# - `@` and `np.dot` multiply matrices; `*` multiplies element by element.
# - The cache holds the three inputs in this order: $(A, W, b)$.

# %%
# GRADED FUNCTION: linear_forward


def linear_forward(A, W, b):
    """Compute the linear part of a layer.

    Args:
        A: activations of the previous layer, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).

    Returns:
        Z: the sums W A + b, shape (n, m).
        cache: (A, W, b), for the backward pass.
    """
    # YOUR CODE STARTS HERE
    Z = W @ A + b  # (n, n_prev) @ (n_prev, m) -> (n, m)
    # YOUR CODE ENDS HERE

    cache = (A, W, b)

    return Z, cache


# %%
linear_forward_test(linear_forward)

# %% [markdown]
# ### Exercise 4: linear_activation_forward
#
# Without something that is not linear between them, many layers could do no more than one. The two
# activations of this notebook work on each element:
#
# $$\sigma(Z) = \frac{1}{1 + e^{-Z}}, \qquad \mathrm{ReLU}(Z) = \max(0, Z) \tag{2}$$
#
# Sigmoid squeezes every number between 0 and 1, which suits a probability. ReLU lets positive numbers
# pass and makes the others 0.


# %%
def draw_activation(axis, function, backward):
    """Draw an activation function between -5 and 5, with the derivative that `backward` multiplies by."""
    Z = np.linspace(-5, 5, 201)
    axis.plot(Z, function(Z)[0], label="activation")
    axis.plot(Z, backward(np.ones_like(Z), Z), "--", label="derivative")
    axis.set(title=function.__name__, xlabel="$Z$")
    axis.legend()


figure, axes = plt.subplots(1, 2, figsize=(9, 2.8))
draw_activation(axes[0], sigmoid, sigmoid_backward)
draw_activation(axes[1], relu, relu_backward)
plt.show()

# %% [markdown]
# Write a whole layer: the linear part, then $A = g(Z)$ with the activation $g$ that `activation` names.
#
# - Call `linear_forward`; do not repeat its formula.
# - `sigmoid(Z)` and `relu(Z)` each return two things: $A$, and $Z$ as the activation cache.

# %%
# GRADED FUNCTION: linear_activation_forward


def linear_activation_forward(A_prev, W, b, activation):
    """Compute one layer: its linear part, then its activation.

    Args:
        A_prev: activations of the previous layer, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).
        activation: "sigmoid" or "relu".

    Returns:
        A: activations of this layer, shape (n, m).
        cache: (linear_cache, activation_cache), which is ((A_prev, W, b), Z).
    """
    # YOUR CODE STARTS HERE
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    # YOUR CODE ENDS HERE

    cache = (linear_cache, activation_cache)

    return A, cache


# %%
linear_activation_forward_test(linear_activation_forward)

# %% [markdown]
# ### Exercise 5: L_model_forward
#
# Chain the layers. Each takes the activations of the one before it:
#
# $$A^{[0]} = X, \qquad
# A^{[l]} = \mathrm{ReLU}\left(W^{[l]} A^{[l-1]} + b^{[l]}\right) \text{ for } l < L, \qquad
# A^{[L]} = \sigma\left(W^{[L]} A^{[L-1]} + b^{[L]}\right) \tag{3}$$
#
# - `parameters` has two entries for each layer, which gives $L$.
# - Append the cache of every layer to `caches`, that of layer 1 first. Lists count from 0, so the cache
#   of layer $l$ is `caches[l - 1]`.
# - Try in your head what your loop does when there is only one layer.

# %%
# GRADED FUNCTION: L_model_forward


def L_model_forward(X, parameters):
    """Compute the whole network: ReLU in layers 1, ..., L-1, sigmoid in layer L.

    Args:
        X: inputs, shape (n_x, m).
        parameters: dictionary of W1, b1, ..., WL, bL.

    Returns:
        AL: activations of the last layer, shape (n_y, m).
        caches: list of the L caches of the layers, that of layer 1 first.
    """
    caches = []
    A = X
    L = len(parameters) // 2  # number of layers

    # YOUR CODE STARTS HERE
    for layer in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], "relu")
        caches.append(cache)

    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    # YOUR CODE ENDS HERE

    return AL, caches


# %%
L_model_forward_test(L_model_forward)

# %% [markdown]
# ## 5 - Cost
#
# A prediction between 0 and 1 is a probability. The cross-entropy measures how surprised somebody who
# believes it is by the labels, on average over the examples:
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \left(
# y^{(i)} \log a^{[L](i)} + (1 - y^{(i)}) \log\left(1 - a^{[L](i)}\right)
# \right) \tag{4}$$
#
# Both logarithms are negative, so the cost is positive. It is 0 only for a network that is sure and right.
#
# ### Exercise 6: compute_cost
#
# - `np.log` is the natural logarithm, element by element.
# - The result is a single number, neither a row nor a matrix: sum over all elements.

# %%
# GRADED FUNCTION: compute_cost


def compute_cost(AL, Y):
    """Compute the cross-entropy between predictions and labels.

    Args:
        AL: predicted probabilities, shape (1, m), each strictly between 0 and 1.
        Y: labels, shape (1, m), each 0 or 1.

    Returns:
        cost: the mean cross-entropy of the m examples, a single number.
    """
    m = Y.shape[1]

    # YOUR CODE STARTS HERE
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    # YOUR CODE ENDS HERE

    return cost


# %%
compute_cost_test(compute_cost)

# %% [markdown]
# ## 6 - Backward propagation
#
# The way back is the chain rule, one layer at a time, with the mirror images of the three forward
# functions. Every one of them receives the gradient with respect to what its layer put out, and returns
# the gradients with respect to what its layer took in.
#
# The cost is a mean over the examples, and the factor $\frac{1}{m}$ has to stand somewhere. In this
# notebook each column of $dZ$ and $dA$ is the gradient of *that example's own* loss, without the factor;
# it enters where the examples are added up, which is in $dW$ and $db$.
#
# ### Exercise 7: linear_backward
#
# Given $dZ$ for $Z = W A_{prev} + b$, the chain rule says
#
# $$dW = \frac{1}{m}\, dZ\, A_{prev}^T \tag{5}$$
# $$db = \frac{1}{m} \sum_{i=1}^{m} dZ^{(i)} \tag{6}$$
# $$dA_{prev} = W^T dZ \tag{7}$$
#
# You need not remember where a transpose belongs: only one order makes the shapes fit, for instance
# $(n, m) \cdot (m, n_{prev}) \to (n, n_{prev})$ in (5).
#
# - The sum in (6) runs over the examples and leaves one number for each unit. Keep the result a column of
#   shape $(n, 1)$: `np.sum` has the options `axis` and `keepdims`.

# %%
# GRADED FUNCTION: linear_backward


def linear_backward(dZ, cache):
    """Compute the gradients of the linear part of a layer.

    Args:
        dZ: gradient with respect to Z, shape (n, m).
        cache: (A_prev, W, b), as the forward pass stored it.

    Returns:
        dA_prev: gradient with respect to A_prev, shape (n_prev, m).
        dW: gradient with respect to W, shape (n, n_prev).
        db: gradient with respect to b, shape (n, 1).
    """
    A_prev, W, _ = cache  # the value of b plays no part in the gradients
    m = A_prev.shape[1]

    # YOUR CODE STARTS HERE
    dW = dZ @ A_prev.T / m  # (n, m) @ (m, n_prev) -> (n, n_prev)
    db = np.sum(dZ, axis=1, keepdims=True) / m  # (n, m) -> (n, 1)
    dA_prev = W.T @ dZ  # (n_prev, n) @ (n, m) -> (n_prev, m)
    # YOUR CODE ENDS HERE

    return dA_prev, dW, db


# %%
linear_backward_test(linear_backward)

# %% [markdown]
# ### Exercise 8: linear_activation_backward
#
# First back through the activation, element by element:
#
# $$dZ = dA * g'(Z) \tag{8}$$
#
# then back through the linear part. For sigmoid $g'(Z) = \sigma(Z)\,(1 - \sigma(Z))$; for ReLU it is 1
# where $Z > 0$ and 0 elsewhere.
#
# - `sigmoid_backward(dA, activation_cache)` and `relu_backward(dA, activation_cache)` compute (8) for you.
# - Then call `linear_backward`.

# %%
# GRADED FUNCTION: linear_activation_backward


def linear_activation_backward(dA, cache, activation):
    """Compute the gradients of one layer: back through its activation, then through its linear part.

    Args:
        dA: gradient with respect to this layer's activations, shape (n, m).
        cache: (linear_cache, activation_cache), which is ((A_prev, W, b), Z).
        activation: "sigmoid" or "relu".

    Returns:
        dA_prev: gradient with respect to the previous layer's activations, shape (n_prev, m).
        dW: gradient with respect to W, shape (n, n_prev).
        db: gradient with respect to b, shape (n, 1).
    """
    linear_cache, activation_cache = cache

    # YOUR CODE STARTS HERE
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    # YOUR CODE ENDS HERE

    return dA_prev, dW, db


# %%
linear_activation_backward_test(linear_activation_backward)

# %% [markdown]
# ### Exercise 9: L_model_backward
#
# The way back begins at the cost. The derivative of each example's own loss by its prediction is
#
# $$dA^{[L]} = -\left( \frac{Y}{A^{[L]}} - \frac{1 - Y}{1 - A^{[L]}} \right) \tag{9}$$
#
# with divisions element by element. From there go through the layers $L, L-1, \dots, 1$. Layer $l$ takes
# $dA^{[l]}$ and its own cache, and gives $dA^{[l-1]}$, $dW^{[l]}$ and $db^{[l]}$. Only layer $L$ has the
# sigmoid.
#
# Mind the numbers in the keys: layer $l$ gives `dW` and `db` with its own number, but `dA` with the
# number of the layer *before* it. So the keys are `dA0`, ..., `dA{L-1}`; $dA^{[L]}$ itself is not stored.
#
# - `range(L, 0, -1)` and `reversed(range(L))` both count downwards.
# - A loop that is right for two layers may be wrong for four. Follow `dA` through it once on paper.

# %%
# GRADED FUNCTION: L_model_backward


def L_model_backward(AL, Y, caches):
    """Compute the gradients of the whole network.

    Args:
        AL: predicted probabilities, shape (1, m), the result of the forward pass.
        Y: labels, shape (1, m), each 0 or 1.
        caches: the L caches of the layers, that of layer 1 first.

    Returns:
        grads: dictionary of dA0, ..., dA(L-1), dW1, ..., dWL and db1, ..., dbL.
    """
    grads = {}
    L = len(caches)  # number of layers
    Y = Y.reshape(AL.shape)

    # YOUR CODE STARTS HERE
    dA = -(Y / AL - (1 - Y) / (1 - AL))  # (1, m)
    for layer in range(L, 0, -1):
        activation = "sigmoid" if layer == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], activation)
        grads[f"dA{layer - 1}"] = dA
        grads[f"dW{layer}"] = dW
        grads[f"db{layer}"] = db
    # YOUR CODE ENDS HERE

    return grads


# %%
L_model_backward_test(L_model_backward)

# %% [markdown]
# ## 7 - Update
#
# The gradient points to where the cost grows fastest, so gradient descent steps the other way. The
# learning rate $\alpha$ is the length of the step:
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha\, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha\, db^{[l]} \tag{10}$$
#
# ### Exercise 10: update_parameters
#
# Apply (10) to every layer. The function begins with a copy, so that whoever calls it keeps the old
# parameters: change `parameters`, not `params`.

# %%
# GRADED FUNCTION: update_parameters


def update_parameters(params, grads, learning_rate):
    """Take one step of gradient descent.

    Args:
        params: dictionary of W1, b1, ..., WL, bL; it stays as it is.
        grads: dictionary of the gradients dW1, db1, ..., dWL, dbL (it may hold others as well).
        learning_rate: the factor alpha.

    Returns:
        parameters: new dictionary of W1, b1, ..., WL, bL after the step.
    """
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2  # number of layers

    # YOUR CODE STARTS HERE
    for layer in range(1, L + 1):
        parameters[f"W{layer}"] = parameters[f"W{layer}"] - learning_rate * grads[f"dW{layer}"]
        parameters[f"b{layer}"] = parameters[f"b{layer}"] - learning_rate * grads[f"db{layer}"]
    # YOUR CODE ENDS HERE

    return parameters


# %%
update_parameters_test(update_parameters)

# %% [markdown]
# ## 8 - Everything together
#
# Nothing is graded here. Two classes of points, a disc inside a ring, cannot be separated by a line.
# Your functions train two networks to tell them apart: one with a single hidden layer, and a deeper one.
# The coloured background shows the probability that the deeper network predicts at each place.
#
# Watch the cost of the deeper one. It hardly moves for hundreds of rounds, then falls at once: a gradient
# that passes through several layers of tiny weights is tiny itself. A start that suits the depth of the
# network mends this.


# %%
def disc_and_ring(m):
    """Return m points X (2, m) of the plane with labels Y (1, m): 1 in a disc, 0 in the ring around it."""
    random = np.random.RandomState(0)
    Y = np.arange(m).reshape(1, m) % 2
    radius = np.where(Y == 1, random.uniform(0, 1, (1, m)), random.uniform(1.5, 2.5, (1, m)))
    angle = random.uniform(0, 2 * np.pi, (1, m))
    return np.vstack([radius * np.cos(angle), radius * np.sin(angle)]), Y


def train(X, Y, parameters, learning_rate, steps):
    """Return the parameters after `steps` rounds of gradient descent, and the cost of every round."""
    costs = []
    for _ in range(steps):
        AL, caches = L_model_forward(X, parameters)
        costs.append(compute_cost(AL, Y))
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def draw_training(X, Y, parameters, costs):
    """Draw the cost of each network in `costs`, and the predictions of the one that has `parameters`."""
    grid = np.meshgrid(np.linspace(-3, 3, 120), np.linspace(-3, 3, 120))
    probability, _ = L_model_forward(np.vstack([axis.ravel() for axis in grid]), parameters)
    _, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
    for label, values in costs.items():
        left.plot(values, label=label)
    left.set(xlabel="round", ylabel="cost", title="Learning")
    left.legend()
    right.contourf(*grid, probability.reshape(grid[0].shape), levels=20, cmap="RdBu", alpha=0.6)
    right.scatter(*X, c=Y.ravel(), cmap="RdBu", edgecolors="black", s=18)
    right.set(aspect="equal", title="Predictions of the deeper network")
    plt.show()


# %%
try:
    X_points, Y_points = disc_and_ring(200)
    _, shallow_costs = train(X_points, Y_points, initialize_parameters(2, 8, 1), 0.5, 1500)
    trained, deep_costs = train(X_points, Y_points, initialize_parameters_deep([2, 8, 4, 1]), 0.5, 1500)
    draw_training(X_points, Y_points, trained, {"2 layers": shallow_costs, "3 layers": deep_costs})
except NotImplementedError as missing:
    print(missing)
