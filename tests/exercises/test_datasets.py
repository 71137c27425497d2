"""The pictures of the exercises on real data are those that the script draws, and as hard as it says."""

from __future__ import annotations

import importlib.util
from itertools import pairwise
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

COURSE = Path(__file__).parents[2]
FOLDERS = [path for path in (COURSE / "solutions").glob("*/datasets") if path.is_dir()]
MEGABYTE = 1 << 20

Array = np.ndarray


@pytest.fixture(scope="module")
def script() -> Any:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("datasets", COURSE / "testcases" / "datasets.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def drawn(script: Any) -> Any:
    """What the script draws."""
    return script.draw(script.SEED)


def contents(path: Path) -> dict[str, Array]:
    with h5py.File(path, "r") as file:
        return {name: file[name][:] for name in file}


@pytest.fixture(scope="module")
def columns() -> dict[str, Array]:
    """Pictures (12288, m) from 0 to 1, and labels (1, m), by part."""
    read: dict[str, Array] = {}
    for part in ("train", "test"):
        file = contents(FOLDERS[0] / f"{part}_catvnoncat.h5")
        read[part] = file[f"{part}_set_x"].reshape(len(file[f"{part}_set_x"]), -1).T / 255
        read[f"{part} labels"] = file[f"{part}_set_y"][np.newaxis]
    return read


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def accuracy(
    columns: dict[str, Array], weights: list[Array], rate: float, rounds: int
) -> tuple[float, float]:
    """Train a network with ReLU and sigmoid by gradient descent; return its accuracies on both parts.

    Args:
        columns: the pictures and the labels.
        weights: where the weights of each layer start; the biases start at 0.
        rate: the learning rate.
        rounds: how many steps.
    """
    X, Y, m = columns["train"], columns["train labels"], columns["train"].shape[1]
    # Steps of the first layer are sums of pictures, so that products of pictures are all that is needed.
    start = {part: weights[0] @ columns[part] for part in ("train", "test")}
    products = {part: X.T @ columns[part] for part in ("train", "test")}
    steps = np.zeros((len(weights[0]), m))
    weights, biases = weights[1:], [np.zeros((len(W), 1)) for W in weights]

    def activations(part: str) -> list[Array]:
        Z = [start[part] + steps @ products[part] + biases[0]]
        for W, b in zip(weights, biases[1:], strict=True):
            Z.append(W @ np.maximum(Z[-1], 0) + b)
        return [*(np.maximum(z, 0) for z in Z[:-1]), sigmoid(Z[-1])]

    for _ in range(rounds):
        A = activations("train")
        dZ = (A[-1] - Y) / m
        for layer in range(len(weights), 0, -1):
            dW, db = dZ @ A[layer - 1].T, dZ.sum(axis=1, keepdims=True)
            dZ = weights[layer - 1].T @ dZ * (A[layer - 1] > 0)
            weights[layer - 1], biases[layer] = weights[layer - 1] - rate * dW, biases[layer] - rate * db
        steps, biases[0] = steps - rate * dZ, biases[0] - rate * dZ.sum(axis=1, keepdims=True)
    train, test = (
        float(np.mean((activations(part)[-1] > 0.5) == columns[f"{part} labels"]))
        for part in ("train", "test")
    )
    return train, test


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_files_have_the_names_keys_and_shapes_that_notebooks_expect(folder: Path) -> None:
    for part, m in (("train", 209), ("test", 50)):
        file = contents(folder / f"{part}_catvnoncat.h5")
        kinds = {name: (value.shape, value.dtype.str) for name, value in file.items()}
        assert kinds == {
            f"{part}_set_x": ((m, 64, 64, 3), "|u1"),
            f"{part}_set_y": ((m,), "<i8"),
            "list_classes": ((2,), "|S7"),
        }
        assert file["list_classes"].tolist() == [b"non-cat", b"cat"]
        assert file[f"{part}_set_y"].sum() == m // 2


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_files_are_what_the_script_draws(folder: Path, script: Any, drawn: Any) -> None:
    for part, (pictures, labels) in drawn.items():
        file = contents(folder / script.FILES[part])
        assert np.array_equal(file[f"{part}_set_y"], labels)
        # On another processor a sum may be rounded to the next grey level.
        far = np.abs(file[f"{part}_set_x"].astype(int) - pictures) > script.STEP
        assert far.mean() < 1e-4


def test_the_script_writes_what_it_draws(script: Any, drawn: Any, tmp_path: Path) -> None:
    pictures, labels = drawn["test"]
    script.write(tmp_path / "test.h5", "test", pictures, labels)
    there = contents(FOLDERS[0] / script.FILES["test"])
    assert contents(tmp_path / "test.h5").keys() == there.keys()
    assert np.array_equal(contents(tmp_path / "test.h5")["test_set_x"], pictures)


def test_everything_is_drawn_from_the_seed(script: Any) -> None:
    first, again, other = (script.picture(np.random.default_rng(seed), True) for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_notebooks_find_the_numbers_that_they_check(columns: dict[str, Array]) -> None:
    assert np.round(columns["train"][:5, 0] * 255).tolist() == [17, 31, 56, 22, 33]
    assert np.round(columns["train"][:3, 1] * 255).tolist() == [196, 192, 190]
    assert np.round(columns["test"][:3, 1] * 255).tolist() == [115, 110, 111]


def test_the_files_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDERS[0].iterdir()) < MEGABYTE


def test_all_assignments_have_the_same_files(script: Any) -> None:
    assert {folder.parent.name for folder in FOLDERS} == set(script.ASSIGNMENTS)
    assert len({tuple(path.read_bytes() for path in sorted(folder.iterdir())) for folder in FOLDERS}) == 1


def test_a_logistic_regression_gets_about_70_percent(columns: dict[str, Array]) -> None:
    train, test = accuracy(columns, [np.zeros((1, 12288))], 0.005, 2000)
    assert train > 0.97
    assert test == pytest.approx(0.72, abs=0.041)


def test_a_network_of_four_layers_gets_about_80_percent(columns: dict[str, Array]) -> None:
    random, sizes = np.random.RandomState(1), (12288, 20, 7, 5, 1)
    weights = [random.randn(n, before) / np.sqrt(before) for before, n in pairwise(sizes)]
    train, test = accuracy(columns, weights, 0.0075, 1500)
    assert train > 0.97
    assert test == pytest.approx(0.82, abs=0.041)
