"""The exercise on deep networks for pictures: published numbers, what they reach, what is provided."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

from grader.notebooks.solution import read_solution

NAME = "dnn_application"
ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / f"{NAME}.py"

Array = np.ndarray


@pytest.fixture(scope="module")
def provided_module() -> ModuleType:
    """The module that students receive."""
    module = ModuleType("dnn_app_utils")
    source = SOLUTION.with_suffix("") / "dnn_app_utils.py"
    exec(compile(source.read_text(encoding="utf-8"), source, "exec"), vars(module))
    return module


@pytest.fixture(scope="module")
def models(provided_module: ModuleType) -> SimpleNamespace:
    """The solution's functions, with the names that they need."""
    tree = ast.parse(SOLUTION.read_text(encoding="utf-8"))
    tree.body = [statement for statement in tree.body if isinstance(statement, ast.FunctionDef)]
    names: dict[str, Any] = dict(vars(provided_module))
    exec(compile(tree, NAME, "exec"), names)
    return SimpleNamespace(**names, names=names)


@pytest.fixture
def figures() -> Iterator[list[Any]]:
    """The figures that a test has shown; none is on a screen."""
    shown: list[Any] = []
    with pytest.MonkeyPatch.context() as patch, mpl.rc_context():
        plt.switch_backend("Agg")
        patch.setattr(plt, "show", lambda: shown.append(plt.gcf()))
        yield shown
    plt.close("all")


def near(expected: Any) -> Any:
    """Equal to the eight decimals in which the exercise's numbers are published."""
    return pytest.approx(np.array(expected), abs=2e-8)


# ---------------------------------------------------------------- published numbers

DRAWN = np.random.RandomState(1)
X = DRAWN.randn(10, 10)
NOT_QUITE_LABELS = DRAWN.randn(1, 10)
LABELS = np.array([[1, 1, 1, 1, 0, 0, 0, 1, 1, 0]])


@pytest.mark.parametrize(
    ("rate", "rounds", "W1", "W2", "b2"),
    [
        (0.0075, 2, 0.01624965, [-0.00200283, -0.00888593, -0.00751122, 0.01688162], -0.00689018),
        (0.1, 3, 0.01640028, [-0.00358725, -0.00911995, -0.00831979, 0.01615845], -0.13451354),
    ],
)
def test_two_layers_give_the_published_parameters_and_cost(
    models: SimpleNamespace, rate: float, rounds: int, W1: float, W2: list[float], b2: float
) -> None:
    parameters, costs = models.two_layer_model(X, NOT_QUITE_LABELS, (10, 4, 1), rate, rounds)
    assert parameters["W1"][0, 0] == near(W1)
    assert parameters["W2"][0] == near(W2)
    assert parameters["b2"] == near([[b2]])
    assert costs == [near(0.69315968)]


@pytest.mark.parametrize(
    ("rate", "rounds", "W1", "b1", "b3"),
    [
        (0.0075, 2, 0.51384638, -2.16491028e-04, 0.0013201),
        (0.02, 3, 0.51439065, -8.61228305e-04, 0.00525865),
    ],
)
def test_deep_networks_give_the_published_parameters_and_cost(
    models: SimpleNamespace, rate: float, rounds: int, W1: float, b1: float, b3: float
) -> None:
    parameters, costs = models.L_layer_model(X, LABELS, [10, 5, 6, 1], rate, rounds)
    assert parameters["W1"][0, 0] == near(W1)
    assert parameters["b1"][0, 0] == near(b1)
    assert parameters["b3"] == near([[b3]])
    assert costs == [near(0.70723944)]


def test_the_published_inputs_are_among_the_test_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(SOLUTION.with_suffix(""))
    declared = runpy.run_path(str(ROOT / "testcases" / f"{NAME}.py"))
    for name, Y in (("two_layer_model", NOT_QUITE_LABELS), ("L_layer_model", LABELS)):
        first, second = declared[name].published
        assert np.array_equal(first["X"], X)
        assert np.array_equal(second["Y"], Y)


# ---------------------------------------------------------------- what the networks reach


@pytest.fixture(scope="module")
def pictures(provided_module: ModuleType) -> tuple[Array, Array, Array, Array]:
    """Pictures as columns, and labels, for training and for testing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SOLUTION.with_suffix(""))
        x, y, x_test, y_test, _ = provided_module.load_data()
    return x.reshape(len(x), -1).T / 255, y, x_test.reshape(len(x_test), -1).T / 255, y_test


@pytest.mark.parametrize(
    ("model", "start", "sizes", "section"),
    [
        ("two_layer_model", "initialize_parameters", (12288, 7, 1), "4-1"),
        ("L_layer_model", "initialize_parameters_deep", (12288, 20, 7, 5, 1), "5-1"),
    ],
)
def test_the_networks_reach_what_the_text_says(
    models: SimpleNamespace, pictures: Any, model: str, start: str, sizes: tuple[int, ...], section: str
) -> None:
    x, y, x_test, y_test = pictures
    # All steps of W1 are sums of training pictures. So in coordinates along the pictures, of which there are
    # 259 in place of 12288, the networks learn the very same, in a fiftieth of the time.
    along, _ = np.linalg.qr(np.hstack([x, x_test]))
    begin = models.names[start]
    first = begin(*sizes) if start == "initialize_parameters" else begin(sizes)
    first["W1"] = first["W1"] @ along
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(models.names, start, lambda *_: dict(first))
        parameters, costs = getattr(models, model)(along.T @ x, y, sizes, 0.0075, 2500)
    learned, new = (
        np.mean((models.L_model_forward(along.T @ each, parameters)[0] > 0.5) == labels)
        for each, labels in ((x, y), (x_test, y_test))
    )

    text = SOLUTION.read_text(encoding="utf-8").split(f"<a name='{section}'></a>")[1]
    told = [float(number) for number in re.findall(r"# (?:cost after round \d+|Accuracy): ([\d.]+)", text)]
    assert told[:2] == [pytest.approx(costs[0], abs=1e-6), pytest.approx(costs[-1], rel=1e-3)]
    assert told[2] == learned == 1
    assert told[3] == pytest.approx(new, abs=0.021)  # a picture, for another library of linear algebra
    assert abs(new - {"two_layer_model": 0.72, "L_layer_model": 0.8}[model]) < 0.03


def test_both_assignments_have_the_same_pictures() -> None:
    for name in ("train_catvnoncat.h5", "test_catvnoncat.h5"):
        here, there = (
            (ROOT / "solutions" / assignment / "datasets" / name).read_bytes()
            for assignment in (NAME, "logistic_regression")
        )
        assert here == there


# ---------------------------------------------------------------- what is provided


@pytest.mark.parametrize("sizes", [(4, 1), (3, 5, 1), (5, 4, 3, 2, 1)], ids=len)
def test_the_provided_functions_are_those_of_the_exercise_before(
    provided_module: ModuleType, reference: SimpleNamespace, sizes: tuple[int, ...]
) -> None:
    rng = np.random.default_rng(len(sizes))
    parameters = {
        name: value + rng.uniform(0.1, 1, value.shape)
        for name, value in provided_module.initialize_parameters_deep(sizes).items()
    }
    x, y = rng.standard_normal((sizes[0], 6)), np.array([[0, 1, 1, 0, 1, 0]])
    AL, caches = provided_module.L_model_forward(x, parameters)
    expected, expected_caches = reference.L_model_forward(x, parameters)
    np.testing.assert_allclose(AL, expected)
    for (linear, Z), (expected_linear, expected_Z) in zip(caches, expected_caches, strict=True):
        np.testing.assert_allclose(Z, expected_Z)
        for value, expected_value in zip(linear, expected_linear, strict=True):
            np.testing.assert_allclose(value, expected_value)
    np.testing.assert_allclose(provided_module.compute_cost(AL, y), reference.compute_cost(AL, y))
    grads = provided_module.L_model_backward(AL, y, caches)
    expected_grads = reference.L_model_backward(AL, y, caches)
    assert grads.keys() == expected_grads.keys()
    stepped = reference.update_parameters(parameters, grads, 0.3)
    for name, value in grads.items():
        np.testing.assert_allclose(value, expected_grads[name])
    for name, value in provided_module.update_parameters(parameters, grads, 0.3).items():
        np.testing.assert_allclose(value, stepped[name])


def test_two_layers_start_as_in_the_exercise_before(
    provided_module: ModuleType, reference: SimpleNamespace
) -> None:
    expected = reference.initialize_parameters(4, 3, 1)
    for name, value in provided_module.initialize_parameters(4, 3, 1).items():
        assert np.array_equal(value, expected[name])


def test_an_update_changes_the_dictionary_and_no_array(provided_module: ModuleType) -> None:
    W1 = np.ones((2, 3))
    parameters = {"W1": W1}
    updated = provided_module.update_parameters(parameters, {"dW1": W1, "dA0": W1}, 0.5)
    assert updated is parameters
    assert (parameters["W1"] == 0.5).all()
    assert (W1 == 1).all()


def test_an_activation_that_there_is_not_is_named(provided_module: ModuleType) -> None:
    told = "activation is 'tanh'; it has to be one of relu, sigmoid"
    A, cache = provided_module.linear_activation_forward(np.ones((2, 3)), np.ones((1, 2)), 0, "relu")
    with pytest.raises(ValueError, match=told):
        provided_module.linear_activation_forward(np.ones((2, 3)), np.ones((1, 2)), 0, "tanh")
    with pytest.raises(ValueError, match=told):
        provided_module.linear_activation_backward(A, cache, "tanh")


def test_predict_tells_the_share_that_is_right(
    provided_module: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    x = np.array([[-2.0, -1.0, 1.0, 2.0]])
    parameters = {"W1": np.array([[3.0]]), "b1": np.array([[0.0]])}
    p = provided_module.predict(x, np.array([[0, 1, 1, 1]]), parameters)
    assert p.tolist() == [[0, 0, 1, 1]]
    assert capsys.readouterr().out == "Accuracy: 0.75\n"


@pytest.mark.parametrize("wrong", [[1, 4], [], list(range(8))], ids=len)
def test_mislabelled_pictures_are_shown_with_both_names(
    provided_module: ModuleType, figures: list[Any], wrong: list[int]
) -> None:
    x = np.random.default_rng(0).uniform(0, 1, (12288, 8))
    y = np.array([[0, 1, 0, 1, 0, 1, 0, 1]])
    p = y.astype(float)
    p[0, wrong] = 1 - p[0, wrong]
    provided_module.print_mislabeled_images(np.array([b"non-cat", b"cat"]), x, y, p)
    shown = [axes for axes in figures[0].axes if axes.images]
    assert len(shown) == len(wrong)
    for axes, i in zip(shown, wrong, strict=True):
        assert np.array_equal(axes.images[0].get_array(), x[:, i].reshape(64, 64, 3))
        names = ("non-cat", "cat") if y[0, i] else ("cat", "non-cat")
        assert axes.get_title() == "prediction: {}\nclass: {}".format(*names)


def test_a_network_is_drawn_with_its_sizes(provided_module: ModuleType, figures: list[Any]) -> None:
    provided_module.draw_network([12288, 20, 7, 1])
    texts = [text.get_text() for text in figures[0].axes[0].texts]
    assert {"input\n12288", "ReLU\n20", "ReLU\n7", "sigmoid\n1", "W1\n20 x 12288", "W3\n1 x 7"} < {*texts}
    assert texts.count("...") == 2


def test_the_text_has_a_link_to_each_of_its_sections() -> None:
    text = "".join(cell.source for cell in read_solution(SOLUTION).cells if cell.cell_type == "markdown")
    links, places = re.findall(r"\]\(#([\w-]+)\)", text), re.findall(r"<a name='([\w-]+)'>", text)
    assert set(links) == set(places)
    assert len(places) == len(set(places)) == 19
