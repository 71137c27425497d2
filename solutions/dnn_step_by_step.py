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
# This is the third of four assignments:
#
# | | assignment | you write |
# |---|---|---|
# | 1 | Logistic regression | a single unit that tells pictures apart |
# | 2, the previous one | Planar data classification | a network with one hidden layer |
# | **3, this one** | **Deep neural network, step by step** | **the functions of a network of any depth** |
# | 4, the next one | Deep neural network, application | the training on pictures, with these functions |
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
# `raise NotImplementedError(...)` only holds the place: delete it. Below your function are a cell in which
# you can try it, the output that it has when all is right, and a test. Each of the ten functions earns 10
# points when what it returns is right for networks of every size, not only for those that you see here.
#
# **Notation.**
#
# | sign | meaning |
# |---|---|
# | $[l]$ above a letter | belongs to layer $l$, for example $W^{[l]}$; the last layer is $L$ |
# | $(i)$ above a letter | belongs to example $i$, for example $x^{(i)}$ is column $i$ of $X$ |
# | $i$ below a letter | is entry $i$ of a column, for example $a^{[l]}_i$ of unit $i$ of layer $l$ |
# | $n^{[l]}$ | the number of units of layer $l$; $n^{[0]} = n_x$ is the number of input features |
# | $m$ | the number of examples; each example is one column |
# | $A^{[l]}$ | the activations of layer $l$, shape $(n^{[l]}, m)$; $A^{[0]} = X$, and $A^{[L]}$ predicts |
# | $dW$, $dA$, ... | the gradient with respect to $W$, $A$, ...; it has the shape of the thing itself |

# %% [markdown]
# ## Contents
#
# - [1 - Packages](#1---Packages)
# - [2 - Outline](#2---Outline)
# - [3 - Initialization](#3---Initialization)
#     - [3.1 - Two layers](#3.1---Two-layers)
#         - [Exercise 1 - initialize_parameters](#Exercise-1---initialize_parameters)
#     - [3.2 - Any number of layers](#3.2---Any-number-of-layers)
#         - [Exercise 2 - initialize_parameters_deep](#Exercise-2---initialize_parameters_deep)
# - [4 - Forward propagation](#4---Forward-propagation)
#     - [4.1 - The linear part](#4.1---The-linear-part)
#         - [Exercise 3 - linear_forward](#Exercise-3---linear_forward)
#     - [4.2 - A whole layer](#4.2---A-whole-layer)
#         - [Exercise 4 - linear_activation_forward](#Exercise-4---linear_activation_forward)
#     - [4.3 - The whole network](#4.3---The-whole-network)
#         - [Exercise 5 - L_model_forward](#Exercise-5---L_model_forward)
# - [5 - Cost](#5---Cost)
#     - [Exercise 6 - compute_cost](#Exercise-6---compute_cost)
# - [6 - Backward propagation](#6---Backward-propagation)
#     - [6.1 - The linear part, backward](#6.1---The-linear-part,-backward)
#         - [Exercise 7 - linear_backward](#Exercise-7---linear_backward)
#     - [6.2 - A whole layer, backward](#6.2---A-whole-layer,-backward)
#         - [Exercise 8 - linear_activation_backward](#Exercise-8---linear_activation_backward)
#     - [6.3 - The whole network, backward](#6.3---The-whole-network,-backward)
#         - [Exercise 9 - L_model_backward](#Exercise-9---L_model_backward)
# - [7 - Update](#7---Update)
#     - [Exercise 10 - update_parameters](#Exercise-10---update_parameters)
# - [8 - Everything together](#8---Everything-together)
# - [9 - What you have built](#9---What-you-have-built)

# %% [markdown]
# ## 1 - Packages
#
# - [numpy](https://numpy.org) computes with arrays, and `copy` copies dictionaries with all they hold;
# - [h5py](https://www.h5py.org) reads and writes HDF5, the format of the data files of this course;
# - [matplotlib](https://matplotlib.org) draws; `rcParams` sets how large figures are and how pictures look;
# - `dnn_utils` provides the activation functions sigmoid and ReLU, and their derivatives;
# - `testCases` provides small inputs on which you can try a function;
# - `public_tests` provides the tests below the exercises;
# - `suppress` lets the cells that try a function pass quietly until you have written it;
# - `autoreload` loads a module again when its file has changed.
#
# **Leave the seeds as they are.** `np.random.seed(1)` here, and the calls of it in the functions, make
# random numbers the same each time and for everybody. The tests count on that.

# %%
import copy
from contextlib import suppress

import h5py
import matplotlib.pyplot as plt
import numpy as np
from dnn_utils import relu, relu_backward, sigmoid, sigmoid_backward
from testCases import (
    L_model_backward_test_case,
    L_model_forward_test_case,
    L_model_forward_test_case_2hidden,
    compute_cost_test_case,
    linear_activation_backward_test_case,
    linear_activation_forward_test_case,
    linear_backward_test_case,
    linear_forward_test_case,
    print_grads,
    update_parameters_test_case,
)

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
plt.rcParams["figure.figsize"] = (5.0, 4.0)
plt.rcParams["image.interpolation"] = "nearest"
plt.rcParams["image.cmap"] = "gray"

# %load_ext autoreload
# %autoreload 2

np.random.seed(1)

# %% [markdown]
# **Try it.** The file `public_cases.h5` in the folder of this notebook has the inputs and the answers of
# the tests. It is an HDF5 file, which works like a dictionary: change the key to see another function's.

# %%
with h5py.File("public_cases.h5") as file:
    print(*file, sep="\n")
    print(file["linear_forward"])

# %% [markdown]
# ## 2 - Outline
#
# Training repeats one round again and again. In the figure the way forward is purple and the way back is
# red:
#
# ![One round of training: forward on top, backward below](figures/outline.png)
#
# Each layer hands its cache down to its own way back, and that gives $dW$ and $db$.
#
# These are the steps of a round, and the ten functions that you write for them:
#
# - **Initialization**, once before the first round
#     - two layers: [initialize_parameters](#Exercise-1---initialize_parameters)
#     - any number of layers: [initialize_parameters_deep](#Exercise-2---initialize_parameters_deep)
# - **Forward**: from the inputs $X$ to the prediction $A^{[L]}$
#     - the linear part of a layer: [linear_forward](#Exercise-3---linear_forward)
#     - a whole layer: [linear_activation_forward](#Exercise-4---linear_activation_forward)
#         - the linear part again
#         - followed by an activation; `sigmoid` and `relu` are provided
#     - the whole network: [L_model_forward](#Exercise-5---L_model_forward)
#         - ReLU in the layers $1, \dots, L-1$
#         - sigmoid in layer $L$
# - **Cost**: one number that says how far the prediction is from the labels $Y$
#     - [compute_cost](#Exercise-6---compute_cost)
# - **Backward**: from the cost to the gradients, the last layer first
#     - the linear part of a layer: [linear_backward](#Exercise-7---linear_backward)
#     - a whole layer: [linear_activation_backward](#Exercise-8---linear_activation_backward)
#         - the activation; `sigmoid_backward` and `relu_backward` are provided
#         - followed by the linear part
#     - the whole network: [L_model_backward](#Exercise-9---L_model_backward)
#         - sigmoid in layer $L$
#         - ReLU in the layers $L-1, \dots, 1$
# - **Update**: a small step of all parameters against their gradients
#     - [update_parameters](#Exercise-10---update_parameters)
#
# Going backward through a layer needs what the layer saw when it went forward. So every forward
# function returns its result together with a *cache*, and the backward function of the same layer
# receives that cache.

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
# ### 3.1 - Two layers
#
# #### Exercise 1 - initialize_parameters
#
# Start a network with two layers: $n_x$ inputs, $n_h$ hidden units, $n_y$ outputs.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - Weights: `np.random.randn(rows, columns) * 0.01`.
# - Biases: `np.zeros((rows, 1))`; mind that the shape is one argument, a tuple.
# - Layer 2 receives what the hidden units put out, so $W^{[2]}$ has $n_h$ columns.
#
# </details>

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


# %% [markdown]
# **Try it.** Change the three sizes, and say in advance which shapes the four arrays will have.

# %%
with suppress(NotImplementedError):
    t_parameters = initialize_parameters(3, 2, 1)
    for t_name, t_array in t_parameters.items():
        print(t_name, "=", t_array)

# %% [markdown]
# **Expected output**
#
# ```text
# W1 = [[ 0.01624345 -0.00611756 -0.00528172]
#  [-0.01072969  0.00865408 -0.02301539]]
# b1 = [[0.]
#  [0.]]
# W2 = [[ 0.01744812 -0.00761207]]
# b2 = [[0.]]
# ```

# %%
initialize_parameters_test(initialize_parameters)

# %% [markdown]
# ### 3.2 - Any number of layers
#
# One layer after the other, shapes have to fit. Take 12288 inputs, which is what a colour picture of
# $64 \times 64$ pixels has, and 209 examples:
#
# | layer | shape of $W$ | shape of $b$ | linear part $Z$, of shape $(n^{[l]}, 209)$ |
# |---|---|---|---|
# | 1 | $(n^{[1]}, 12288)$ | $(n^{[1]}, 1)$ | $W^{[1]} X + b^{[1]}$ |
# | 2 | $(n^{[2]}, n^{[1]})$ | $(n^{[2]}, 1)$ | $W^{[2]} A^{[1]} + b^{[2]}$ |
# | $l$ | $(n^{[l]}, n^{[l-1]})$ | $(n^{[l]}, 1)$ | $W^{[l]} A^{[l-1]} + b^{[l]}$ |
# | $L$ | $(n^{[L]}, n^{[L-1]})$ | $(n^{[L]}, 1)$ | $W^{[L]} A^{[L-1]} + b^{[L]}$ |
#
# **An example of $W X + b$**, with three inputs, two units and two examples:
#
# $$
# W = \begin{pmatrix} 1 & 2 & 0 \\ 0 & 1 & -1 \end{pmatrix}, \quad
# X = \begin{pmatrix} 1 & 0 \\ 2 & 1 \\ 3 & 1 \end{pmatrix}, \quad
# b = \begin{pmatrix} 10 \\ 20 \end{pmatrix}
# $$
#
# Entry $(i, j)$ of $W X$ is row $i$ of $W$ times column $j$ of $X$, so unit $i$ for example $j$:
#
# $$
# W X = \begin{pmatrix}
# 1 \cdot 1 + 2 \cdot 2 + 0 \cdot 3 & 1 \cdot 0 + 2 \cdot 1 + 0 \cdot 1 \\
# 0 \cdot 1 + 1 \cdot 2 - 1 \cdot 3 & 0 \cdot 0 + 1 \cdot 1 - 1 \cdot 1
# \end{pmatrix}
# = \begin{pmatrix} 5 & 2 \\ -1 & 0 \end{pmatrix}
# $$
#
# NumPy adds the column $b$ to each column of the product, which is called *broadcasting*:
#
# $$
# W X + b = \begin{pmatrix} 5 + 10 & 2 + 10 \\ -1 + 20 & 0 + 20 \end{pmatrix}
# = \begin{pmatrix} 15 & 12 \\ 19 & 20 \end{pmatrix}
# $$

# %%
t_W = np.array([[1, 2, 0], [0, 1, -1]])
t_X = np.array([[1, 0], [2, 1], [3, 1]])
t_b = np.array([[10], [20]])
print(t_W @ t_X + t_b)

# %% [markdown]
# **Expected output**
#
# ```text
# [[15 12]
#  [19 20]]
# ```
#
# #### Exercise 2 - initialize_parameters_deep
#
# Now the same for any number of layers. `layer_dims` lists the numbers of units, the input first: a
# network with `layer_dims = [5, 4, 3]` has two layers, and for example $W^{[2]}$ has shape $(3, 4)$.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - Fill the dictionary in a loop over the layers 1, 2, ...; `f"W{layer}"` makes the keys.
# - `layer_dims[layer]` is the number of units of a layer, and `layer_dims[layer - 1]` what it receives.
# - The scale is 0.01 again.
#
# </details>

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


# %% [markdown]
# **Try it.** Put in layers of your own. How many numbers does the network have to learn?

# %%
with suppress(NotImplementedError):
    t_parameters = initialize_parameters_deep([5, 4, 3])
    for t_name, t_array in t_parameters.items():
        print(t_name, "=", t_array)
    print("numbers to learn:", sum(t_array.size for t_array in t_parameters.values()))

# %% [markdown]
# **Expected output**
#
# ```text
# W1 = [[ 0.01788628  0.0043651   0.00096497 -0.01863493 -0.00277388]
#  [-0.00354759 -0.00082741 -0.00627001 -0.00043818 -0.00477218]
#  [-0.01313865  0.00884622  0.00881318  0.01709573  0.00050034]
#  [-0.00404677 -0.0054536  -0.01546477  0.00982367 -0.01101068]]
# b1 = [[0.]
#  [0.]
#  [0.]
#  [0.]]
# W2 = [[-0.01185047 -0.0020565   0.01486148  0.00236716]
#  [-0.01023785 -0.00712993  0.00625245 -0.00160513]
#  [-0.00768836 -0.00230031  0.00745056  0.01976111]]
# b2 = [[0.]
#  [0.]
#  [0.]]
# numbers to learn: 39
# ```

# %%
initialize_parameters_deep_test(initialize_parameters_deep)

# %% [markdown]
# ## 4 - Forward propagation
#
# Three functions, each of which uses the one before: the linear part of a layer, a whole layer, and the
# whole network.
#
# ### 4.1 - The linear part
#
# #### Exercise 3 - linear_forward
#
# The linear part of a layer, for all examples at once:
#
# $$Z = W A + b \tag{1}$$
#
# where $A$ is what the previous layer put out. The product sums over the units of the previous layer:
# $(n, n_{prev}) \cdot (n_{prev}, m) \to (n, m)$. The column $b$ is added to each of the $m$ columns.
#
# The cache holds the three inputs in this order: $(A, W, b)$.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - `@` and `np.dot` multiply matrices; `*` multiplies element by element.
# - If the shapes do not fit, print them: as many columns on the left as rows on the right.
#
# </details>

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


# %% [markdown]
# **Try it.** You can always look at an input before you compute with it, as the first line does.

# %%
t_A, t_W, t_b = linear_forward_test_case()
print("shapes:", t_A.shape, t_W.shape, t_b.shape)
with suppress(NotImplementedError):
    t_Z, t_linear_cache = linear_forward(t_A, t_W, t_b)
    print("Z =", t_Z)

# %% [markdown]
# **Expected output**
#
# ```text
# shapes: (3, 2) (1, 3) (1, 1)
# Z = [[ 3.26295337 -1.23429987]]
# ```

# %%
linear_forward_test(linear_forward)

# %% [markdown]
# ### 4.2 - A whole layer
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
# #### Exercise 4 - linear_activation_forward
#
# Write a whole layer: the linear part, then $A = g(Z)$ with the activation $g$ that `activation` names.
# `sigmoid(Z)` and `relu(Z)` each return two things: $A$, and $Z$ as the activation cache.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - Call `linear_forward`; do not repeat its formula.
# - A call can bind both results at once: `A, activation_cache = relu(Z)`.
#
# </details>

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


# %% [markdown]
# **Try it.** The input is the same for both activations. Which sign of $Z$ does the second example have?

# %%
with suppress(NotImplementedError):
    for t_activation in ("sigmoid", "relu"):
        t_A, t_cache = linear_activation_forward(*linear_activation_forward_test_case(), t_activation)
        print(t_activation, "A =", t_A)

# %% [markdown]
# **Expected output**
#
# ```text
# sigmoid A = [[0.96890023 0.11013289]]
# relu A = [[3.43896131 0.        ]]
# ```

# %%
linear_activation_forward_test(linear_activation_forward)

# %% [markdown]
# ### 4.3 - The whole network
#
# #### Exercise 5 - L_model_forward
#
# Chain the layers. Each takes the activations of the one before it:
#
# $$A^{[0]} = X, \qquad
# A^{[l]} = \mathrm{ReLU}\left(W^{[l]} A^{[l-1]} + b^{[l]}\right) \text{ for } l < L, \qquad
# A^{[L]} = \sigma\left(W^{[L]} A^{[L-1]} + b^{[L]}\right) \tag{3}$$
#
# `parameters` has two entries for each layer, which gives $L$. Append the cache of every layer to
# `caches`, that of layer 1 first. Lists count from 0, so the cache of layer $l$ is `caches[l - 1]`.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - Loop over the layers with ReLU, and treat the last layer after the loop.
# - In each round of the loop, $A$ is what the layer before put out.
# - Try in your head what your loop does when there is only one layer.
#
# </details>

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


# %% [markdown]
# **Try it.** This network has two hidden layers. Try `L_model_forward_test_case()` too, which has one.

# %%
with suppress(NotImplementedError):
    t_AL, t_caches = L_model_forward(*L_model_forward_test_case_2hidden())
    print("AL =", t_AL)
    print("caches:", len(t_caches))
    t_AL, t_caches = L_model_forward(*L_model_forward_test_case())
    print("with one hidden layer, AL =", t_AL)

# %% [markdown]
# **Expected output**
#
# ```text
# AL = [[0.03921668 0.70498921 0.19734387 0.04728177]]
# caches: 3
# with one hidden layer, AL = [[0.17007265 0.2524272 ]]
# ```

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
# ### Exercise 6 - compute_cost
#
# Compute (4). The result is a single number, neither a row nor a matrix.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - `np.log` is the natural logarithm, element by element; so is `*` a product element by element.
# - `np.sum` of an array is the sum over all its elements.
#
# </details>

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


# %% [markdown]
# **Try it.** How does the cost change when a prediction is sure and wrong? Put 0.99 for the last one, whose
# label is 0.

# %%
with suppress(NotImplementedError):
    t_Y, t_AL = compute_cost_test_case()
    print("labels", t_Y, "predictions", t_AL)
    print(f"cost = {compute_cost(t_AL, t_Y):.8f}")

# %% [markdown]
# **Expected output**
#
# ```text
# labels [[1 1 0]] predictions [[0.8 0.9 0.4]]
# cost = 0.27977656
# ```

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
# ### 6.1 - The linear part, backward
#
# #### Exercise 7 - linear_backward
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
# <details>
# <summary><b>Hints</b></summary>
#
# - The sum in (6) runs over the examples and leaves one number for each unit. Keep the result a column of
#   shape $(n, 1)$: `np.sum` has the options `axis` and `keepdims`.
# - `W.T` is the transpose of `W`.
#
# </details>

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


# %% [markdown]
# **Try it.** Compare the shapes with those of $A_{prev}$, $W$ and $b$ in the cache.

# %%
with suppress(NotImplementedError):
    t_dZ, t_linear_cache = linear_backward_test_case()
    t_dA_prev, t_dW, t_db = linear_backward(t_dZ, t_linear_cache)
    print("dA_prev =", t_dA_prev)
    print("dW =", t_dW)
    print("db =", t_db)

# %% [markdown]
# **Expected output**
#
# ```text
# dA_prev = [[-1.15171336  0.06718465 -0.3204696   2.09812712]
#  [ 0.60345879 -3.72508701  5.81700741 -3.84326836]
#  [-0.4319552  -1.30987417  1.72354705  0.05070578]
#  [-0.38981415  0.60811244 -1.25938424  1.47191593]
#  [-2.52214926  2.67882552 -0.67947465  1.48119548]]
# dW = [[ 0.07313866 -0.0976715  -0.87585828  0.73763362  0.00785716]
#  [ 0.85508818  0.37530413 -0.59912655  0.71278189 -0.58931808]
#  [ 0.97913304 -0.24376494 -0.08839671  0.55151192 -0.10290907]]
# db = [[-0.14713786]
#  [-0.11313155]
#  [-0.13209101]]
# ```

# %%
linear_backward_test(linear_backward)

# %% [markdown]
# ### 6.2 - A whole layer, backward
#
# #### Exercise 8 - linear_activation_backward
#
# First back through the activation, element by element:
#
# $$dZ = dA * g'(Z) \tag{8}$$
#
# then back through the linear part. For sigmoid $g'(Z) = \sigma(Z)\,(1 - \sigma(Z))$; for ReLU it is 1
# where $Z > 0$ and 0 elsewhere.
#
# `sigmoid_backward(dA, activation_cache)` and `relu_backward(dA, activation_cache)` compute (8) for you.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - The cache is that of the forward function: first the linear cache, then the activation cache.
# - With $dZ$, call `linear_backward`; it returns all that you need.
#
# </details>

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


# %% [markdown]
# **Try it.** Where does ReLU let a gradient through, and where does it stop it?

# %%
with suppress(NotImplementedError):
    for t_activation in ("sigmoid", "relu"):
        t_dA, t_cache = linear_activation_backward_test_case()
        t_dA_prev, t_dW, t_db = linear_activation_backward(t_dA, t_cache, t_activation)
        print(t_activation, "dA_prev =", t_dA_prev)
        print("dW =", t_dW)
        print("db =", t_db)

# %% [markdown]
# **Expected output**
#
# ```text
# sigmoid dA_prev = [[ 0.11017994  0.01105339]
#  [ 0.09466817  0.00949723]
#  [-0.05743092 -0.00576154]]
# dW = [[ 0.10266786  0.09778551 -0.01968084]]
# db = [[-0.05729622]]
# relu dA_prev = [[ 0.44090989  0.        ]
#  [ 0.37883606  0.        ]
#  [-0.2298228   0.        ]]
# dW = [[ 0.44513824  0.37371418 -0.10478989]]
# db = [[-0.20837892]]
# ```

# %%
linear_activation_backward_test(linear_activation_backward)

# %% [markdown]
# ### 6.3 - The whole network, backward
#
# #### Exercise 9 - L_model_backward
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
# <details>
# <summary><b>Hints</b></summary>
#
# - `range(L, 0, -1)` and `reversed(range(L))` both count downwards.
# - `np.divide(Y, AL)` and `Y / AL` are the same.
# - A loop that is right for two layers may be wrong for four. Follow `dA` through it once on paper.
#
# </details>

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


# %% [markdown]
# **Try it.** `print_grads` prints the gradients of layer 1, and the one that comes to it from layer 2.

# %%
with suppress(NotImplementedError):
    t_grads = L_model_backward(*L_model_backward_test_case())
    print("keys:", *sorted(t_grads))
    print_grads(t_grads)

# %% [markdown]
# **Expected output**
#
# ```text
# keys: dA0 dA1 dW1 dW2 db1 db2
# dW1 = [[0.41010002 0.07807203 0.13798444 0.10502167]
#  [0.         0.         0.         0.        ]
#  [0.05283652 0.01005865 0.01777766 0.0135308 ]]
# db1 = [[-0.22007063]
#  [ 0.        ]
#  [-0.02835349]]
# dA1 = [[ 0.12913162 -0.44014127]
#  [-0.14175655  0.48317296]
#  [ 0.01663708 -0.05670698]]
# ```

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
# ### Exercise 10 - update_parameters
#
# Apply (10) to every layer. The function begins with a copy, so that whoever calls it keeps the old
# parameters: change `parameters`, not `params`.
#
# <details>
# <summary><b>Hints</b></summary>
#
# - The gradient of `parameters["W1"]` is `grads["dW1"]`, and so on.
# - `range(L)` counts 0, ..., L-1, but the layers are numbered 1, ..., L.
#
# </details>

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


# %% [markdown]
# **Try it.** What does a learning rate of 0 do, and a negative one?

# %%
with suppress(NotImplementedError):
    t_parameters = update_parameters(*update_parameters_test_case(), 0.1)
    for t_name, t_array in t_parameters.items():
        print(t_name, "=", t_array)

# %% [markdown]
# **Expected output**
#
# ```text
# W1 = [[-0.59562069 -0.09991781 -2.14584584  1.82662008]
#  [-1.76569676 -0.80627147  0.51115557 -1.18258802]
#  [-1.0535704  -0.86128581  0.68284052  2.20374577]]
# b1 = [[-0.04659241]
#  [-1.28888275]
#  [ 0.53405496]]
# W2 = [[-0.55569196  0.0354055   1.32964895]]
# b2 = [[-0.84610769]]
# ```

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
#
# **Try it.** Change the learning rate, the number of rounds, or `layer_dims` in the last cell. Which is the
# smallest network that still tells the disc from the ring?


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
with suppress(NotImplementedError):
    X_points, Y_points = disc_and_ring(200)
    _, shallow_costs = train(X_points, Y_points, initialize_parameters(2, 8, 1), 0.5, 1500)
    trained, deep_costs = train(X_points, Y_points, initialize_parameters_deep([2, 8, 4, 1]), 0.5, 1500)
    draw_training(X_points, Y_points, trained, {"2 layers": shallow_costs, "3 layers": deep_costs})

# %% [markdown]
# ## 9 - What you have built
#
# When the tests above pass, these ten functions are a deep neural network with all that training needs:
#
# - parameters for any number of layers, small and random, so that the units of a layer differ;
# - a forward pass that keeps in its caches what the way back will need;
# - a cost that is large where the network is sure and wrong;
# - a backward pass that gives the gradient of every parameter, in about the time of a forward pass;
# - an update that leaves the old parameters to whoever called it.
#
# **Before you hand in**, choose *Kernel > Restart & Run All* and look at each test once more: a function
# that works only because of a name from an earlier version of a cell fails now. Then save the notebook.
#
# **The next assignment** builds on this one: with these functions you train a network with two layers and
# one with many, on pictures, and compare them with the single unit of the first assignment.
