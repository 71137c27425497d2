# ---
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Deep Neural Network for Image Classification: Application
#
# Is there a cat in the picture? A logistic regression is right about 7 of 10 new pictures. In *Building
# your Deep Neural Network: Step by Step* you wrote all parts of a deeper network. Here you put them
# together, let two networks learn from the same pictures, and see what depth is good for.
#
# Afterwards you will be able to
#
# - build a network of any depth from functions for its layers, and train it by gradient descent,
# - follow the shapes of all arrays through a network, forward and backward,
# - compare networks by what they do on pictures that they did not learn from, and
# - look at the pictures that a network gets wrong, and say what they have in common.
#
# **How this notebook works.** Write between the lines `# YOUR CODE STARTS HERE` and `# YOUR CODE ENDS
# HERE`, and leave the names and the parameters of the functions as they are. The line `raise
# NotImplementedError(...)` only holds the place: delete it. Below each function are two cells: one in which
# you try it on a small input, with the output to expect, and one that tests it. A function earns its points
# when what it returns is right for networks and inputs of every size, not only for those that you see here.
# Keep the folder `datasets` beside the notebook: the pictures are in it.
#
# **Contents**
#
# - [1 - Packages](#1)
# - [2 - The pictures](#2)
# - [3 - Two networks](#3)
#     - [3.1 - Two layers](#3-1)
#     - [3.2 - L layers](#3-2)
#     - [3.3 - How both of them learn](#3-3)
#     - [3.4 - What you have](#3-4)
# - [4 - Two layers](#4)
#     - [Exercise 1: two_layer_model](#ex-1) (50 points)
#     - [4.1 - Training](#4-1)
# - [5 - L layers](#5)
#     - [Exercise 2: L_layer_model](#ex-2) (50 points)
#     - [5.1 - Training](#5-1)
# - [6 - A closer look](#6)
#     - [6.1 - What it gets wrong](#6-1)
#     - [6.2 - When to stop](#6-2)
#     - [6.3 - Networks of yours](#6-3)
#     - [6.4 - A picture of yours](#6-4)
# - [7 - What you have built](#7)

# %% [markdown]
# <a name='1'></a>
# ## 1 - Packages
#
# - `numpy` computes with arrays;
# - `matplotlib` draws;
# - `dnn_app_utils` provides the functions of the exercise before, and those that read and show pictures, by
#   means of `h5py`;
# - `public_tests` provides the tests below the exercises.

# %%
import time
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from dnn_app_utils import (
    L_model_backward,
    L_model_forward,
    compute_cost,
    draw_network,
    initialize_parameters,
    initialize_parameters_deep,
    linear_activation_backward,
    linear_activation_forward,
    load_data,
    predict,
    print_mislabeled_images,
    update_parameters,
)

from public_tests import L_layer_model_test, two_layer_model_test

# %matplotlib inline
# %load_ext autoreload
# %autoreload 2

# %% [markdown]
# <a name='2'></a>
# ## 2 - The pictures
#
# They are those of *Logistic Regression with a Neural Network mindset*: 64 rows of 64 pixels, each with a
# red, a green and a blue number from 0 to 255. Half of them show a cat, the others something else.
# `load_data` reads them from the folder `datasets`.

# %%
train_x_orig, train_y, test_x_orig, test_y, classes = load_data()

m_train, m_test = len(train_x_orig), len(test_x_orig)
num_px = train_x_orig.shape[1]

print("training:", train_x_orig.shape, " labels:", train_y.shape)
print("testing: ", test_x_orig.shape, " labels:", test_y.shape)

# %% [markdown]
# **Expected output**
#
# ```text
# training: (209, 64, 64, 3)  labels: (1, 209)
# testing:  (50, 64, 64, 3)  labels: (1, 50)
# ```
#
# **Try it.** Change `first`, and look at other pictures.

# %%
first = 10
_, axes = plt.subplots(1, 6, figsize=(11, 2.2))
for axis, index in zip(axes, range(first, m_train), strict=False):
    axis.imshow(train_x_orig[index])
    axis.set_title(f"{train_y[0, index]}: {classes[train_y[0, index]].decode()}")
    axis.axis("off")
plt.show()

# %% [markdown]
# To a network a picture is a column of $64 \cdot 64 \cdot 3 = 12288$ numbers from 0 to 1, and all pictures
# are the columns of one matrix:

# %%
train_x = train_x_orig.reshape(m_train, -1).T / 255
test_x = test_x_orig.reshape(m_test, -1).T / 255

print("train_x:", train_x.shape)
print("test_x: ", test_x.shape)

# %% [markdown]
# **Expected output**
#
# ```text
# train_x: (12288, 209)
# test_x:  (12288, 50)
# ```

# %% [markdown]
# <a name='3'></a>
# ## 3 - Two networks
#
# <a name='3-1'></a>
# ### 3.1 - Two layers
#
# Between the picture and the answer is a layer of 7 units. Each of them looks at the whole picture and is
# silent or active, which is what ReLU does, $\max(0, z)$. The last unit adds up what they say:
#
# $$A^{[1]} = \mathrm{relu}(W^{[1]} X + b^{[1]}) \tag{1}$$
# $$A^{[2]} = \sigma(W^{[2]} A^{[1]} + b^{[2]}) \tag{2}$$
#
# In short: *linear, ReLU, linear, sigmoid*. The input is not counted as a layer, since nothing is learned
# in it.

# %%
draw_network([12288, 7, 1])

# %% [markdown]
# <a name='3-2'></a>
# ### 3.2 - L layers
#
# With more layers, later units combine what earlier ones have found. All layers but the last one are alike:
#
# $$A^{[l]} = \mathrm{relu}(W^{[l]} A^{[l-1]} + b^{[l]}) \quad \text{for } l = 1, \dots, L - 1, \qquad
# A^{[0]} = X \tag{3}$$
# $$A^{[L]} = \sigma(W^{[L]} A^{[L-1]} + b^{[L]}) \tag{4}$$
#
# In short: *(linear, ReLU) $\times (L - 1)$, linear, sigmoid*. This is the network that you will train,
# with $L = 4$:

# %%
draw_network([12288, 20, 7, 5, 1])

# %% [markdown]
# With $n^{[l]}$ units in layer $l$ and $m$ pictures, the shapes are
#
# | sign | meaning | shape |
# |---|---|---|
# | $X = A^{[0]}$ | pictures, one in each column | $(n^{[0]}, m)$, here $(12288, m)$ |
# | $Y$ | labels, 1 for a cat | $(1, m)$ |
# | $W^{[l]}$, $dW^{[l]}$ | weights of layer $l$, their gradient | $(n^{[l]}, n^{[l-1]})$ |
# | $b^{[l]}$, $db^{[l]}$ | biases of layer $l$, their gradient | $(n^{[l]}, 1)$ |
# | $A^{[l]}$, $dA^{[l]}$ | what layer $l$ puts out, its gradient | $(n^{[l]}, m)$ |
# | $A^{[L]}$ | probabilities of a cat | $(1, m)$ |
#
# **Try it.** Draw other networks. How many weights has the first layer of each, and how many have all the
# others?
#
# <a name='3-3'></a>
# ### 3.3 - How both of them learn
#
# 1. Start with random weights, and biases of zero.
# 2. Repeat `num_iterations` times:
#     1. *forward*, from $X$ to the probabilities $A^{[L]}$, and of each layer a cache for the way back;
#     2. the *cost* by (5);
#     3. *backward*, from the cost to the gradients $dW^{[l]}$ and $db^{[l]}$, last layer first;
#     4. *update* of all weights and biases by (7).
# 3. Predict a cat wherever the probability is above 0.5.
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m} \left( y^{(i)} \log a^{[L](i)} +
# (1 - y^{(i)}) \log(1 - a^{[L](i)}) \right) \tag{5}$$
# $$dA^{[L]} = -\left( \frac{Y}{A^{[L]}} - \frac{1 - Y}{1 - A^{[L]}} \right) \tag{6}$$
# $$W^{[l]} \leftarrow W^{[l]} - \alpha \, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha \, db^{[l]} \tag{7}$$
#
# The way back begins with (6), which follows from the cost. The last layer makes $dA^{[L-1]}$, $dW^{[L]}$
# and $db^{[L]}$ of it, the layer before goes on with $dA^{[L-1]}$, and so on. The learning rate $\alpha$
# says how long the steps are.
#
# <a name='3-4'></a>
# ### 3.4 - What you have
#
# These functions do all of that for one layer, or for all layers. You wrote them in the exercise before.
#
# | function | returns |
# |---|---|
# | `initialize_parameters(n_x, n_h, n_y)` | `parameters`: `W1`, `b1`, `W2`, `b2` of two layers |
# | `initialize_parameters_deep(layer_dims)` | `parameters`: `W1`, `b1`, ..., `WL`, `bL` |
# | `linear_activation_forward(A_prev, W, b, activation)` | `A`, `cache` of one layer |
# | `L_model_forward(X, parameters)` | `AL`, `caches` of all layers |
# | `compute_cost(AL, Y)` | `cost` |
# | `linear_activation_backward(dA, cache, activation)` | `dA_prev`, `dW`, `db` of one layer |
# | `L_model_backward(AL, Y, caches)` | `grads`: `dW1`, `db1`, ..., `dWL`, `dbL`, and each `dA` |
# | `update_parameters(parameters, grads, learning_rate)` | `parameters` after one step |
# | `predict(X, y, parameters)` | the predicted labels; it prints which share of them is right |
#
# There is one difference: `initialize_parameters_deep` divides random weights by $\sqrt{n^{[l-1]}}$, where
# you multiplied them by 0.01. A unit adds up $n^{[l-1]}$ products; divided so, the sums are about as large
# as what goes in, in every layer. With 0.01 they would shrink from layer to layer, and with them the
# gradients, until a deep network learns nothing.

# %% [markdown]
# <a name='4'></a>
# ## 4 - Two layers
#
# <a name='ex-1'></a>
# ### Exercise 1: two_layer_model
#
# Train a network of two layers, *linear, ReLU, linear, sigmoid*, layer by layer. The loop is there, and so
# are the lines between your own: `dA2` by (6), the dictionary of gradients, and those that keep the cost of
# every hundredth round.
#
# Begin each round with the weights of the round before. At its top, `W1`, `b1`, `W2` and `b2` are taken
# from `parameters`; that is why the last step has to put the new ones in there.
#
# <details><summary>Hint: forward</summary>
#
# A layer takes what the one before puts out. The first one gets `X`, and its `A1` goes into the second.
# Keep both caches, under different names.
#
# </details>
#
# <details><summary>Hint: backward</summary>
#
# The same way back, the last layer first. Each layer takes the cache and the activation that it had on the
# way forward. `dA1` comes out of the last layer and goes into the first. What the first layer returns for
# `X` is not needed.
#
# </details>

# %%
# GRADED FUNCTION: two_layer_model


def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """Train a network of two layers: linear, ReLU, linear, sigmoid.

    Args:
        X: examples, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.
        layers_dims: the three sizes n_x, n_h and n_y: features, hidden units, and 1.
        learning_rate: the factor alpha.
        num_iterations: how many rounds.
        print_cost: whether to print the cost of every hundredth round.

    Returns:
        parameters: dictionary of W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h) and b2 (n_y, 1) after the
            last round.
        costs: list of the costs of the rounds 0, 100, 200, ...
    """
    n_x, n_h, n_y = layers_dims
    costs = []

    # Start: parameters
    # YOUR CODE STARTS HERE
    parameters = initialize_parameters(n_x, n_h, n_y)
    # YOUR CODE ENDS HERE

    for i in range(num_iterations):
        W1, b1 = parameters["W1"], parameters["b1"]
        W2, b2 = parameters["W2"], parameters["b2"]

        # Forward: A1, cache1, then A2, cache2, then cost
        # YOUR CODE STARTS HERE
        A1, cache1 = linear_activation_forward(X, W1, b1, "relu")  # (n_x, m) -> (n_h, m)
        A2, cache2 = linear_activation_forward(A1, W2, b2, "sigmoid")  # (n_h, m) -> (n_y, m)
        cost = compute_cost(A2, Y)
        # YOUR CODE ENDS HERE

        dA2 = -(Y / A2 - (1 - Y) / (1 - A2))

        # Backward: dA1, dW2, db2, then dW1, db1
        # YOUR CODE STARTS HERE
        dA1, dW2, db2 = linear_activation_backward(dA2, cache2, "sigmoid")  # (n_y, m) -> (n_h, m)
        _, dW1, db1 = linear_activation_backward(dA1, cache1, "relu")  # (n_h, m) -> (n_x, m)
        # YOUR CODE ENDS HERE

        grads = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}

        # Update: parameters
        # YOUR CODE STARTS HERE
        parameters = update_parameters(parameters, grads, learning_rate)
        # YOUR CODE ENDS HERE

        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost after round {i}: {cost:.6f}")

    return parameters, costs


# %%
# Try it
x = np.array([[1.0, -2.0, -1.0, 0.5], [3.0, 0.5, -3.2, 1.0], [0.5, 1.0, 2.0, -1.5]])
y = np.array([[1, 1, 0, 0]])
try:
    parameters, costs = two_layer_model(x, y, (3, 2, 1), learning_rate=0.5, num_iterations=150)
    print(f"W1 =\n{parameters['W1']}")
    print("b2 =", parameters["b2"])
    print("costs:", [f"{cost:.6f}" for cost in costs])
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# W1 =
# [[ 1.51830376e-02 -6.99978374e-03 -1.06829252e-03]
#  [ 9.24194101e-02 -2.01335525e-01 -1.77959795e+00]]
# b2 = [[0.68333886]]
# costs: ['0.693139', '0.480030']
# ```

# %%
two_layer_model_test(two_layer_model)

# %% [markdown]
# <a name='4-1'></a>
# ### 4.1 - Training
#
# Now the network learns from the pictures, 2500 rounds of it, with 7 hidden units. This takes about half a
# minute, on a slow machine several. If the cost does not fall, stop it (&#9632; in the toolbar) and look
# for the mistake.

# %%
two_layers = None
try:
    began = time.perf_counter()
    two_layers, costs_of_two = two_layer_model(
        train_x, train_y, (12288, 7, 1), learning_rate=0.0075, num_iterations=2500, print_cost=True
    )
    print(f"It took {time.perf_counter() - began:.0f} seconds.")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**, in the last digits perhaps not quite the same
#
# ```text
# cost after round 0: 0.692850
# ...
# cost after round 2400: 0.029328
# ```

# %%
if two_layers:
    print("Training pictures")
    predict(train_x, train_y, two_layers)
    print("Test pictures")
    predict(test_x, test_y, two_layers)

# %% [markdown]
# **Expected output**
#
# ```text
# Training pictures
# Accuracy: 1.0
# Test pictures
# Accuracy: 0.72
# ```
#
# The network knows all pictures that it has learned from. Of new ones it is right about 72 of 100, no more
# than the logistic regression: it is overfitting.

# %% [markdown]
# <a name='5'></a>
# ## 5 - L layers
#
# <a name='ex-2'></a>
# ### Exercise 2: L_layer_model
#
# Train a network of any depth: *(linear, ReLU) $\times (L - 1)$, linear, sigmoid*. Take the functions that
# go through all layers at once, so that each step fits into a line.
#
# <details><summary>Hint</summary>
#
# The steps are those of [3.3](#3-3), and the functions those of [3.4](#3-4). `layers_dims` says how many
# layers there are. It is needed once, at the start; afterwards the depth is in `parameters`.
#
# </details>

# %%
# GRADED FUNCTION: L_layer_model


def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """Train a network of L layers: (linear, ReLU) times L - 1, linear, sigmoid.

    Args:
        X: examples, shape (n_x, m).
        Y: labels, shape (1, m), each 0 or 1.
        layers_dims: list of the L + 1 sizes: features, units of each layer.
        learning_rate: the factor alpha.
        num_iterations: how many rounds.
        print_cost: whether to print the cost of every hundredth round.

    Returns:
        parameters: dictionary of W1, b1, ..., WL, bL after the last round.
        costs: list of the costs of the rounds 0, 100, 200, ...
    """
    costs = []

    # Start: parameters
    # YOUR CODE STARTS HERE
    parameters = initialize_parameters_deep(layers_dims)
    # YOUR CODE ENDS HERE

    for i in range(num_iterations):
        # Forward, cost, backward, update
        # YOUR CODE STARTS HERE
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        # YOUR CODE ENDS HERE

        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"cost after round {i}: {cost:.6f}")

    return parameters, costs


# %%
# Try it
try:
    parameters, costs = L_layer_model(x, y, [3, 4, 2, 1], learning_rate=0.1, num_iterations=150)
    print(f"W2 =\n{parameters['W2']}")
    print("b3 =", parameters["b3"])
    print("costs:", [f"{cost:.6f}" for cost in costs])
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**
#
# ```text
# W2 =
# [[-0.1612086  -0.23480864  1.08701875 -0.54994563]
#  [-0.22041208 -0.91400528 -0.03933904  0.78874015]]
# b3 = [[0.04603241]]
# costs: ['0.616162', '0.358502']
# ```

# %%
L_layer_model_test(L_layer_model)

# %% [markdown]
# <a name='5-1'></a>
# ### 5.1 - Training
#
# Four layers, and 2500 rounds again: about a minute.

# %%
four_layers = None
try:
    began = time.perf_counter()
    four_layers, costs_of_four = L_layer_model(
        train_x, train_y, [12288, 20, 7, 5, 1], learning_rate=0.0075, num_iterations=2500, print_cost=True
    )
    print(f"It took {time.perf_counter() - began:.0f} seconds.")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# **Expected output**, in the last digits perhaps not quite the same
#
# ```text
# cost after round 0: 0.731820
# ...
# cost after round 2400: 0.040445
# ```

# %%
if four_layers:
    print("Training pictures")
    predict(train_x, train_y, four_layers)
    print("Test pictures")
    predict(test_x, test_y, four_layers)

# %% [markdown]
# **Expected output**
#
# ```text
# Training pictures
# Accuracy: 1.0
# Test pictures
# Accuracy: 0.82
# ```
#
# About 80 of 100 new pictures, from the same 209 that all had to learn from. That is what depth is good
# for.
#
# | | test pictures |
# |---|---|
# | logistic regression, one layer | 72 % |
# | two layers | 72 % |
# | four layers | 82 % |
#
# There are 50 test pictures, so each counts for 2 %. A difference of one or two pictures says little; it
# would take more pictures to be sure.

# %%
if two_layers and four_layers:
    plt.figure(figsize=(5, 3))
    plt.plot(100 * np.arange(len(costs_of_two)), costs_of_two, label="two layers")
    plt.plot(100 * np.arange(len(costs_of_four)), costs_of_four, label="four layers")
    plt.xlabel("round")
    plt.ylabel("cost")
    plt.title("Learning rate 0.0075")
    plt.legend()
    plt.show()

# %% [markdown]
# <a name='6'></a>
# ## 6 - A closer look
#
# Nothing is graded from here on.
#
# <a name='6-1'></a>
# ### 6.1 - What it gets wrong
#
# These are the test pictures about which the network of four layers is mistaken:

# %%
if four_layers:
    print_mislabeled_images(classes, test_x, test_y, predict(test_x, test_y, four_layers))

# %% [markdown]
# **Look for** what they have in common.
#
# - Most cats in the training pictures are lighter than what is behind them, and most other things are
#   darker. The network has learned that too. So a dark cat in front of something light is missed, and a
#   light fish in front of something dark is called a cat.
# - A dog's head and a cat's differ in little but the ears.
# - A cat may be near the border, or small, where few training pictures have one.
#
# Each unit of the first layer has one weight for each colour of each pixel. So an ear on the left and the
# same ear on the right are two things to it, and both have to be learned. *Convolutional* networks learn an
# ear once for all places.
#
# <a name='6-2'></a>
# ### 6.2 - When to stop
#
# A cost that falls is no proof that a network gets better: it may learn its pictures by heart. So one
# watches the accuracy on pictures that it does not learn from. To save time, this learns from every
# sixteenth pixel only, and looks at both accuracies after every 250 rounds.


# %%
def fewer_pixels(X):
    """Return every sixteenth pixel of pictures in columns."""
    pictures = X.T.reshape(-1, num_px, num_px, 3)
    return pictures[:, ::4, ::4].reshape(len(pictures), -1).T


def accuracy(X, Y, parameters):
    """Return the share of right predictions."""
    return np.mean((L_model_forward(X, parameters)[0] > 0.5) == Y)


small_train, small_test = fewer_pixels(train_x), fewer_pixels(test_x)
rounds = range(250, 1501, 250)
try:
    shares = []
    for num_iterations in rounds:
        parameters, _ = L_layer_model(
            small_train, train_y, [len(small_train), 20, 7, 5, 1], 0.03, num_iterations
        )
        shares.append([accuracy(X, Y, parameters) for X, Y in ((small_train, train_y), (small_test, test_y))])
    plt.figure(figsize=(5, 3))
    plt.plot(rounds, shares, marker="o", label=["training pictures", "test pictures"])
    plt.xlabel("rounds")
    plt.ylabel("accuracy")
    plt.legend()
    plt.show()
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# After some hundred rounds everything that is still learned is of no use for new pictures. Whoever stops
# there, which is called *early stopping*, saves time and is no worse.
#
# <a name='6-3'></a>
# ### 6.3 - Networks of yours
#
# **Try it.** Change the hidden layers and the learning rate. Can you get more test pictures right than four
# layers did? And if you keep the best of twenty networks by their accuracy on the test pictures, are these
# still new to it?

# %%
hidden = [20, 7, 5]
try:
    sizes = [len(small_train), *hidden, 1]
    parameters, costs = L_layer_model(small_train, train_y, sizes, learning_rate=0.03, num_iterations=1000)
    print(f"{sizes}: cost {costs[0]:.3f}, then {costs[-1]:.3f}")
    print(f"test pictures: {accuracy(small_test, test_y, parameters):.2f}")
except NotImplementedError as missing:
    print(missing)

# %% [markdown]
# <a name='6-4'></a>
# ### 6.4 - A picture of yours
#
# Put a picture into the folder of this notebook, and its name below. The cell takes 64 rows and 64 columns
# of it, evenly spread. The network has only ever seen drawn cats; do not be surprised by what it says about
# a photo.

# %%
my_picture = "my_picture.png"
my_label = [[1]]  # 1 for a cat

if not Path(my_picture).exists():
    print(f"There is no {my_picture} yet.")
elif four_layers:
    mine = plt.imread(my_picture)[..., :3]
    mine = mine / (255 if mine.dtype == np.uint8 else 1)
    rows, columns = (np.linspace(0, size - 1, num_px).astype(int) for size in mine.shape[:2])
    mine = mine[rows][:, columns]
    answer = predict(mine.reshape(-1, 1), np.array(my_label), four_layers)
    plt.figure(figsize=(2.5, 2.5))
    plt.imshow(mine)
    plt.axis("off")
    plt.title(classes[int(answer[0, 0])].decode())
    plt.show()

# %% [markdown]
# <a name='7'></a>
# ## 7 - What you have built
#
# - A network of two layers and one of any depth, which learn to recognise cats, in NumPy alone.
# - The loop that trains every network: forward, cost, backward, update. Libraries for deep learning write
#   the third step for you; now you know what is in it.
# - A way to compare networks: by pictures that they did not learn from, and by a look at what they get
#   wrong.
#
# This is the last of four exercises. From a single unit in *Logistic Regression with a Neural Network
# mindset*, by way of a hidden layer in *Planar data classification with one hidden layer* and all the parts
# in *Building your Deep Neural Network: Step by Step*, you have come to networks of any depth. From here it
# goes on to choosing learning rates and sizes with more care, to keeping networks from learning by heart,
# and to layers that see an ear wherever it is.
