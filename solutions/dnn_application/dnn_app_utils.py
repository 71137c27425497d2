"""The functions of "Building your Deep Neural Network: Step by Step", and those that read and show pictures.

In every shape, n_prev and n are the units of the layer before and of the layer itself, and m is the number of
examples: each is one column. The pictures are in the folder `datasets` beside the notebook.
"""

from __future__ import annotations

from collections.abc import Callable

import h5py
import numpy as np

Array = np.ndarray
Parameters = dict[str, Array]

FILE = "datasets/{}_catvnoncat.h5"
ANOTHER = (
    "{} is damaged, or another file of that name ({}). Put the one that came with the notebook in its place."
)
SHAPE = (64, 64, 3)


# Pictures


def load_data() -> tuple[Array, Array, Array, Array, Array]:
    """Return the pictures and labels for training, those for testing, and the names of the two classes.

    The pictures have the shapes (209, 64, 64, 3) and (50, 64, 64, 3), with colours from 0 to 255; the labels
    have the shapes (1, 209) and (1, 50). A label is the place of a picture's class in the names.
    """
    train_x_orig, train_y, _ = read("train")
    test_x_orig, test_y, classes = read("test")
    return train_x_orig, train_y, test_x_orig, test_y, classes


def read(part: str) -> tuple[Array, Array, Array]:
    """Return pictures, labels and names of the file of a part, "train" or "test"."""
    path = FILE.format(part)
    try:
        with h5py.File(path, "r") as file:
            names = f"{part}_set_x", f"{part}_set_y", "list_classes"
            pictures, labels, classes = (np.array(file[name]) for name in names)
    except FileNotFoundError as error:
        raise FileNotFoundError(
            f"{path} is missing. It came with the notebook: put the folder `datasets` beside it."
        ) from error
    except (OSError, KeyError) as error:
        raise OSError(ANOTHER.format(path, error)) from error
    if pictures.shape != (labels.size, *SHAPE):
        raise OSError(ANOTHER.format(path, f"{part}_set_x has the shape {pictures.shape}"))
    return pictures, labels.reshape(1, -1), classes


def print_mislabeled_images(classes: Array, X: Array, y: Array, p: Array) -> None:
    """Show the pictures whose prediction is wrong, with the prediction and the class.

    Args:
        classes: the names of the classes.
        X: pictures as columns, shape (12288, m), with colours from 0 to 1.
        y: labels, shape (1, m).
        p: predictions, shape (1, m).
    """
    import matplotlib.pyplot as plt  # here, because training needs none of it

    wrong = np.flatnonzero(np.asarray(p) != y)
    rows = max(1, -(-len(wrong) // 6))
    _, axes = plt.subplots(rows, 6, figsize=(11, 2.2 * rows), squeeze=False)
    for axis in axes.flat:
        axis.axis("off")
    for axis, i in zip(axes.flat, wrong, strict=False):
        called, is_one = (classes[int(labels[0, i])].decode() for labels in (p, y))
        axis.imshow(X[:, i].reshape(SHAPE))
        axis.set_title(f"prediction: {called}\nclass: {is_one}", fontsize=9)
    plt.show()


def draw_network(layers_dims: list[int]) -> None:
    """Draw the layers of a network, and the shapes of the weights between them.

    Args:
        layers_dims: units of each layer, the input first; of a large layer only a few are drawn.
    """
    import matplotlib.pyplot as plt

    last = len(layers_dims) - 1
    _, axes = plt.subplots(figsize=(2.2 * len(layers_dims), 3.6))
    columns = [np.linspace(-(shown - 1) / 2, (shown - 1) / 2, shown) for shown in np.minimum(layers_dims, 7)]
    for layer, (n, heights) in enumerate(zip(layers_dims, columns, strict=True)):
        if layer > 0:
            for y in heights:
                for y_prev in columns[layer - 1]:
                    axes.plot([layer - 1, layer], [y_prev, y], color="0.85", linewidth=0.8, zorder=1)
            axes.text(layer - 0.5, 4, f"W{layer}\n{n} x {layers_dims[layer - 1]}", ha="center", va="bottom")
        axes.scatter(
            heights * 0 + layer, heights, s=150, color=f"C{min(layer, 1) + (layer == last)}", zorder=2
        )
        if n > len(heights):
            axes.scatter([layer], [0], s=180, color="white", zorder=3)
            axes.text(layer, 0, "...", ha="center", va="center", rotation=90, zorder=4)
        kind = "input" if layer == 0 else "ReLU" if layer < last else "sigmoid"
        axes.text(layer, -4, f"{kind}\n{n}", ha="center", va="top")
    axes.set_ylim(-5.5, 5.5)
    axes.set_xlim(-0.5, last + 0.5)
    axes.axis("off")
    plt.show()


# Parameters


def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Parameters:
    """Return W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h) and b2 (n_y, 1), always the same ones.

    Weights are small and random, biases are zero.
    """
    np.random.seed(1)
    return {
        "W1": np.random.randn(n_h, n_x) * 0.01,
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h) * 0.01,
        "b2": np.zeros((n_y, 1)),
    }


def initialize_parameters_deep(layer_dims: list[int]) -> Parameters:
    """Return W1, b1, ..., WL, bL for layers of `layer_dims` units, the input first, always the same ones.

    Weights are random, with the standard deviation 1 / sqrt(n_prev), so that the numbers keep their size from
    layer to layer. Biases are zero.
    """
    np.random.seed(1)
    parameters = {}
    for layer in range(1, len(layer_dims)):
        n_prev, n = layer_dims[layer - 1], layer_dims[layer]
        parameters[f"W{layer}"] = np.random.randn(n, n_prev) / np.sqrt(n_prev)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def update_parameters(parameters: Parameters, grads: dict[str, Array], learning_rate: float) -> Parameters:
    """Take one step against the gradients: W - learning_rate * dW, and b likewise.

    The dictionary `parameters` gets the new arrays, and is returned.
    """
    for name in parameters:
        parameters[name] = parameters[name] - learning_rate * grads[f"d{name}"]
    return parameters


# Forward


def sigmoid(Z: Array) -> tuple[Array, Array]:
    """Return A = 1 / (1 + exp(-Z)) element by element, and Z as the cache."""
    return 1 / (1 + np.exp(-Z)), Z


def relu(Z: Array) -> tuple[Array, Array]:
    """Return A = max(0, Z) element by element, and Z as the cache."""
    return np.maximum(0, Z), Z


def named(activation: str, **functions: Callable) -> Callable:
    """Return the function for an activation."""
    if activation not in functions:
        raise ValueError(f"activation is {activation!r}; it has to be one of {', '.join(functions)}")
    return functions[activation]


def linear_forward(A: Array, W: Array, b: Array) -> tuple[Array, tuple[Array, Array, Array]]:
    """Return Z = W A + b, shape (n, m), and the cache (A, W, b)."""
    return W @ A + b, (A, W, b)


def linear_activation_forward(
    A_prev: Array, W: Array, b: Array, activation: str
) -> tuple[Array, tuple[tuple[Array, Array, Array], Array]]:
    """Go forward through one layer.

    Args:
        A_prev: what the layer before puts out, shape (n_prev, m).
        W: weights, shape (n, n_prev).
        b: biases, shape (n, 1).
        activation: "relu" or "sigmoid".

    Returns:
        A: what this layer puts out, shape (n, m).
        cache: what `linear_activation_backward` needs: ((A_prev, W, b), Z).
    """
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = named(activation, relu=relu, sigmoid=sigmoid)(Z)
    return A, (linear_cache, activation_cache)


def L_model_forward(X: Array, parameters: Parameters) -> tuple[Array, list]:
    """Go forward through all layers: ReLU in all but the last one, sigmoid in that.

    Args:
        X: examples, shape (n_x, m).
        parameters: W1, b1, ..., WL, bL.

    Returns:
        AL: probabilities, shape (1, m).
        caches: list of the caches of the L layers.
    """
    A, caches = X, []
    L = len(parameters) // 2
    for layer in range(1, L + 1):
        activation = "relu" if layer < L else "sigmoid"
        A, cache = linear_activation_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"], activation)
        caches.append(cache)
    return A, caches


def compute_cost(AL: Array, Y: Array) -> Array:
    """Return the cross-entropy of probabilities AL (1, m), given labels Y (1, m): an array without axes."""
    m = Y.shape[1]
    return np.squeeze(-(Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T) / m)


# Backward


def sigmoid_backward(dA: Array, cache: Array) -> Array:
    """Return dZ = dA * s * (1 - s), where s is the sigmoid of Z, the cache."""
    s, _ = sigmoid(cache)
    return dA * s * (1 - s)


def relu_backward(dA: Array, cache: Array) -> Array:
    """Return dZ: dA where Z, the cache, is above 0, and 0 elsewhere."""
    return np.where(cache > 0, dA, 0.0)


def linear_backward(dZ: Array, cache: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """Return dA_prev (n_prev, m), dW (n, n_prev) and db (n, 1) of a layer.

    dZ has the shape (n, m); the cache is (A_prev, W, b).
    """
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


def linear_activation_backward(
    dA: Array, cache: tuple[tuple[Array, Array, Array], Array], activation: str
) -> tuple[Array, Array, Array]:
    """Go backward through one layer.

    Args:
        dA: gradient of what this layer puts out, shape (n, m).
        cache: what `linear_activation_forward` returned for this layer.
        activation: "relu" or "sigmoid", as on the way forward.

    Returns:
        dA_prev: gradient of what the layer before puts out, shape (n_prev, m).
        dW: gradient of the weights, shape (n, n_prev).
        db: gradient of the biases, shape (n, 1).
    """
    linear_cache, activation_cache = cache
    backward = named(activation, relu=relu_backward, sigmoid=sigmoid_backward)
    return linear_backward(backward(dA, activation_cache), linear_cache)


def L_model_backward(AL: Array, Y: Array, caches: list) -> dict[str, Array]:
    """Go backward through all layers.

    Args:
        AL: probabilities, shape (1, m).
        Y: labels, shape (1, m).
        caches: what `L_model_forward` returned.

    Returns:
        grads: dA0, ..., dA(L-1), dW1, ..., dWL and db1, ..., dbL.
    """
    Y = Y.reshape(AL.shape)
    grads = {}
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for layer in range(len(caches), 0, -1):
        activation = "sigmoid" if layer == len(caches) else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[layer - 1], activation)
        grads |= {f"dA{layer - 1}": dA, f"dW{layer}": dW, f"db{layer}": db}
    return grads


# Predictions


def predict(X: Array, y: Array, parameters: Parameters) -> Array:
    """Predict the labels of examples, and print how many of them are right.

    Args:
        X: examples, shape (n_x, m).
        y: their labels, shape (1, m).
        parameters: W1, b1, ..., WL, bL.

    Returns:
        p: predictions, 1.0 or 0.0, shape (1, m).
    """
    AL, _ = L_model_forward(X, parameters)
    p = (AL > 0.5).astype(float)
    print("Accuracy:", np.mean(p == y))
    return p
