"""Tests of the hints: what each is certain of, that they are silent otherwise, and tell no secret."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.comparison.compare import compare
from grader.comparison.verdict import Outcome, Verdict
from grader.hints import hint, unbound_name
from grader.models.assignment import Case
from grader.models.execution import Call, Failure, Run, Statement, Status
from grader.models.submission import Part

RNG = np.random.default_rng(1)
M = 5
Z, DA = RNG.standard_normal((3, M)), RNG.standard_normal((3, M))
W, A, b = RNG.standard_normal((3, 4)), RNG.standard_normal((4, M)), RNG.standard_normal((3, 1))
SQUARE = RNG.standard_normal((3, 3))
PARAMETERS = {f"{k}{n}": RNG.standard_normal((n + 2, c)) for n in (1, 2, 3) for k, c in (("W", 4), ("b", 1))}
GRADIENTS = {f"d{key}": RNG.standard_normal(value.shape) for key, value in PARAMETERS.items()}
RATE = 0.037
STEPPED = {key: value - RATE * GRADIENTS[f"d{key}"] for key, value in PARAMETERS.items()}
CACHES = [((RNG.standard_normal((n, M)), RNG.standard_normal((n + 1, n))), SQUARE + n) for n in (2, 3, 4)]
UPDATE = (PARAMETERS, GRADIENTS, RATE)

NOTHING = Part(())


def sigmoid(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def relu(z: Any) -> Any:
    return np.maximum(z, 0)


def hint_of(expected: Any, actual: Any, *args: Any, names: tuple[str, ...] = ("it",)) -> str:
    """The hint for an answer, as the comparison and the grader would ask for it."""
    case = Case("a", False, Call("f", args), expected)
    run = Run(Status.RETURNED, actual)
    return hint(compare(expected, actual, names), run, case, NOTHING)


def bias_gradient(slope: Any) -> Any:
    return np.mean(DA * slope, axis=1, keepdims=True)


def changed(mapping: dict[str, Any], **others: Any) -> dict[str, Any]:
    return {**mapping, **others}


def moved(mapping: dict[str, Any], letters: str, step: int) -> dict[str, Any]:
    """The entries under some letters, each under a number that is higher by `step`."""
    return {
        f"{letters}{int(key[len(letters) :]) + step}" if key.startswith(letters) else key: value
        for key, value in mapping.items()
    }


# ---------------------------------------------------------------- arrays


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(W, W.T, "It is transposed.", id="transpose of another shape"),
        pytest.param(SQUARE, SQUARE.T, "It is transposed.", id="transpose of the same shape"),
        pytest.param(
            W, A[:, :3], "rows and the number of its columns have changed places", id="only the shape"
        ),
        pytest.param(b, b.ravel(), "lost an axis of length 1: is `keepdims=True` missing?", id="rank 1"),
        pytest.param(1.5, np.full((1, 1), 1.5), "2 axes of length 1 too many", id="1 x 1 for a number"),
        pytest.param(W, W.reshape(2, 6), "only its shape is wrong", id="reshaped"),
        pytest.param(b, b.sum(keepdims=True), "the sum of all the numbers that are expected", id="summed"),
        pytest.param(
            b, DA.sum(0, keepdims=True), "one number for each of the m = 5 examples", id="other axis"
        ),
        pytest.param(W, W[:2], "only the number of its rows is wrong", id="a row lost"),
        pytest.param(W, W[:, :2], "only the number of its columns is wrong", id="a column lost"),
        pytest.param(W, W[:2, :2], "Both the number of its rows", id="a row and a column lost"),
        pytest.param(W, 0.5, "a single number, and an array is expected", id="a number for an array"),
        pytest.param(W, (9 * W).astype(int), "cuts off the fractions", id="integers"),
        pytest.param(W, W > 0, "gives truth values", id="truth values"),
        pytest.param(W, W * np.nan, "NaN comes from 0/0", id="nan"),
        pytest.param(W, W * np.inf, "division by 0", id="infinity"),
        pytest.param(W, np.zeros((3, 4)), "All its elements are 0.", id="zeros"),
        pytest.param(np.zeros((3, 1)), np.ones((3, 1)), "All its elements are 1.", id="ones for zeros"),
        pytest.param(W, W.round(2), "rounded to 2 decimals", id="rounded"),
        pytest.param(W, W.astype(np.float16), "float16", id="half precision"),
        pytest.param(W, -W, "the expected value with the opposite sign", id="minus"),
        pytest.param(W, np.abs(W), "some signs are wrong", id="magnitudes"),
        pytest.param(W, M * W, "5 times the expected value, and there are m = 5 examples", id="no 1/m"),
        pytest.param(W, W / M, "1/5 of the expected value, and there are m = 5", id="1/m twice"),
        pytest.param(W, -M * W, "with the opposite sign, and there are m = 5", id="no 1/m and no minus"),
        pytest.param(W, W * M**2, "m² times", id="m for 1/m"),
        pytest.param(W, W / np.log(2), "is the logarithm to base 2?", id="bits"),
        pytest.param(W, W * 0.75, "Every element is 3/4 times the expected value.", id="simple ratio"),
        pytest.param(W, W * 100, "Every element is 100 times the expected value.", id="power of ten"),
        pytest.param(W, W * 1.2345, "the same multiple of the expected value.", id="other ratio untold"),
        pytest.param(1.37, 1.37 * M, "It is 5 times the expected value", id="ratio of a number"),
        pytest.param(W, W + 1.5, "Every element is off by the same amount.", id="offset"),
        pytest.param(W, W + SQUARE[:, :1], "elements of a row are off by the same", id="offset of rows"),
        pytest.param(W, W[::-1], "Its rows are in reverse order.", id="rows reversed"),
        pytest.param(
            W, W[:, [1, 2, 0, 3]], "Its columns are right, but in another order", id="columns moved"
        ),
        pytest.param(W, np.vstack([W[:2], A[:1, :4]]), "Only row 2 is wrong.", id="one row"),
        pytest.param(relu(W), np.where(W > 0, W, -7.1), "wrong just where it should be 0", id="at zeros"),
        pytest.param(Z, np.where(Z > 0, Z, 0), "Where it is wrong, it is 0.", id="zeros for negatives"),
    ],
)
def test_a_hint_says_how_an_array_differs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, np.ones((2, M)))


def test_uniform_numbers_are_told_from_normal_ones_where_the_function_draws_them():
    uniform = np.random.default_rng(2).random((3, 4))
    assert "`np.random.randn` have both signs" in hint_of(W, uniform, 4, 3)
    assert hint_of(W, uniform, A) == ""


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(W @ A, "(3, 1) is missing from the sum", id="left out"),
        pytest.param(W @ A - b, "(3, 1) is subtracted where it should be added", id="subtracted"),
        pytest.param(W @ A + 2 * b, "(3, 1) is added once too often", id="twice"),
    ],
)
def test_a_hint_names_a_term_that_is_an_input(actual: Any, says: str):
    assert says in hint_of(W @ A + b, actual, A, W, b)


# ---------------------------------------------------------------- activations


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(sigmoid(Z), relu(Z), "It is made with ReLU, where sigmoid is expected.", id="relu"),
        pytest.param(relu(Z), sigmoid(Z), "It is made with sigmoid, where ReLU is expected.", id="sigmoid"),
        pytest.param(relu(Z), Z, "It is made with no activation, where ReLU is expected.", id="none"),
    ],
)
def test_a_hint_names_the_activation_that_was_used(expected: Any, actual: Any, says: str):
    assert hint_of((expected, Z), (actual, Z), A, names=("A", "cache")) == says


def test_two_activations_that_agree_on_an_input_are_not_told_apart():
    positive = np.abs(Z)
    assert "activation" not in hint_of(sigmoid(positive), positive, positive)


def test_a_hint_names_the_activation_of_the_way_back():
    slope = sigmoid(Z) * (1 - sigmoid(Z))
    expected, actual = bias_gradient(Z > 0), bias_gradient(slope)
    assert hint_of(expected, actual, DA, Z) == "It comes back through sigmoid, where ReLU is expected."


def test_the_slope_of_relu_at_zero_is_told():
    edge = np.where(np.arange(M) == 2, 0, Z)
    expected, actual = (np.mean(DA * mask, axis=1, keepdims=True) for mask in (edge > 0, edge >= 0))
    assert "a ReLU with the slope 1 at Z = 0" in hint_of(expected, actual, DA, edge)


# ---------------------------------------------------------------- steps from an input


@pytest.mark.parametrize(
    ("rate", "says"),
    [
        pytest.param(-RATE, "The step from the input has the opposite sign.", id="uphill"),
        pytest.param(1, "The step from the input lacks a factor that is one of the inputs.", id="no rate"),
        pytest.param(RATE**2, "has a factor twice that is one of the inputs", id="rate twice"),
        pytest.param(2 * RATE, "The step from the input is 2 times the expected one.", id="twice as far"),
        pytest.param(0, "it['W1'] is still what it was in the input.", id="no step"),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_step(rate: float, says: str):
    actual = {key: value - rate * GRADIENTS[f"d{key}"] for key, value in PARAMETERS.items()}
    assert says in hint_of(STEPPED, actual, *UPDATE)


# ---------------------------------------------------------------- places


@pytest.mark.parametrize(
    ("expected", "actual", "says"),
    [
        pytest.param(
            (W, b),
            (b, W),
            "The first result and the second result are in each other's place.",
            id="two results",
        ),
        pytest.param(
            (W, (A, b)), (W, (b, A)), "cache[0] and cache[1] are in each other's place.", id="in a cache"
        ),
        pytest.param(
            (W, (A, b)), (W, (b, b)), "What stands as cache[0] belongs in cache[1].", id="one copied"
        ),
        pytest.param(
            (W, (A, b)), (A, (A, b)), "belongs in entry [0] of the second result", id="another result"
        ),
        pytest.param(
            (W, (A, b)), ((W, b), (A, b)), "the first of the 2 values that stand there", id="wrapped"
        ),
    ],
)
def test_a_hint_says_where_a_part_belongs(expected: Any, actual: Any, says: str):
    assert says in hint_of(expected, actual, names=("Z", "cache"))


def test_a_list_in_reverse_order_is_told_as_such():
    longer = [*CACHES, (Z, b)]
    told = hint_of(longer, longer[::-1])
    assert told == "The entries of it are right, but in reverse order."


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(CACHES[::-1], "it[0] and it[2] are in each other's place.", id="the ends swapped"),
        pytest.param(CACHES[1:] + CACHES[:1], "in another order", id="rotated"),
        pytest.param([CACHES[2]] * 3, "Every entry of it is the last one.", id="the last repeated"),
        pytest.param([*CACHES[1:], CACHES[2]], "what belongs one place later", id="shifted"),
        pytest.param([CACHES[0], *CACHES[:2]], "what belongs one place earlier", id="shifted back"),
        pytest.param(CACHES[:2], "The last entry is missing; the others are right.", id="last missing"),
        pytest.param(CACHES[1:], "The first entry is missing; the others are right.", id="first missing"),
        pytest.param([*CACHES, CACHES[0]], "The last entry is one too many", id="one too many"),
        pytest.param(CACHES[2:], "Only the last entry of 3 came back.", id="only the last"),
        pytest.param([], "It is empty.", id="empty"),
    ],
)
def test_a_hint_says_what_happened_to_a_list(actual: Any, says: str):
    assert says in hint_of(CACHES, actual)


# ---------------------------------------------------------------- dictionaries


@pytest.mark.parametrize(
    ("actual", "says"),
    [
        pytest.param(moved(STEPPED, "W", 1), "The numbers of W are one too high.", id="numbers too high"),
        pytest.param(moved(STEPPED, "b", -1), "The numbers of b are one too low.", id="numbers too low"),
        pytest.param({}, "The dictionary is empty.", id="empty"),
        pytest.param({k.lower(): v for k, v in STEPPED.items()}, "capital or small letters", id="letters"),
        pytest.param({k: v for k, v in STEPPED.items() if k[0] == "W"}, "There is no b at all.", id="no b"),
        pytest.param(
            {k: v for k, v in STEPPED.items() if k[1] != "3"}, "nothing of layer 3", id="no layer 3"
        ),
        pytest.param(
            {k: v for k, v in STEPPED.items() if k != "b2"}, "The other 5 keys are there", id="one key"
        ),
        pytest.param(
            changed(STEPPED, W4=W), "a layer after the last one, which is layer 3", id="one layer more"
        ),
        pytest.param(changed(STEPPED, b0=b), "a layer 0, and layers are counted from 1", id="layer 0"),
        pytest.param(changed(STEPPED, w1=W, w2=W), "capital or small letters", id="some twice"),
        pytest.param(changed(STEPPED, cost=1), "All that is asked for is there, and more.", id="another key"),
        pytest.param({1: W}, "There is no W and no b at all.", id="none of them"),
        pytest.param(
            changed(STEPPED, W1=STEPPED["W2"], W2=STEPPED["W3"]),
            "W of each layer belongs to the layer after",
            id="up",
        ),
        pytest.param(
            {k: v if k[0] == "W" else v * SQUARE[0, 0] + 1 for k, v in STEPPED.items()},
            "Every b is wrong; every W is right.",
            id="one kind",
        ),
        pytest.param(
            {k: v if k[1] == "3" else np.cos(v) for k, v in STEPPED.items()},
            "What belongs to the last layer is right, what belongs to a layer before is wrong.",
            id="all but the last layer",
        ),
        pytest.param(
            {k: v if k[1] != "3" else np.cos(v) for k, v in STEPPED.items()},
            "What belongs to the first 2 layers is right, what belongs to a layer after is wrong.",
            id="only the last layer",
        ),
        pytest.param(
            changed(STEPPED, b2=np.cos(b.sum() + STEPPED["b2"])),
            "Everything in it but it['b2'] is right.",
            id="one entry",
        ),
    ],
)
def test_a_hint_says_what_is_wrong_with_a_dictionary(actual: Any, says: str):
    assert says in hint_of(STEPPED, actual, A)


def test_a_missing_key_without_a_number_is_no_missing_layer():
    assert hint_of({**STEPPED, "cost": W}, STEPPED) == "The other 6 keys are there."


def test_the_other_results_are_mentioned_when_they_are_right():
    assert hint_of((W, b, A), (np.cos(W), b, A), names=("dA", "db", "dW")) == "The other results are right."


# ---------------------------------------------------------------- failures


def hint_of_failure(
    exception: str, text: str, *args: Any, unbound: dict[str, int | None] | None = None
) -> str:
    run = Run(Status.RAISED, failure=Failure(exception, text))
    case = Case("a", False, Call("f", args), W)
    return hint(Outcome(Verdict.DID_NOT_RUN), run, case, Part((), unbound=unbound or {}))


@pytest.mark.parametrize(
    ("exception", "text", "says"),
    [
        pytest.param(
            "KeyError", "'w1'", "differs from a right one in capital and small letters", id="letters"
        ),
        pytest.param("KeyError", "'W4'", "a layer after the last one, which is layer 3", id="after the last"),
        pytest.param("KeyError", "'b0'", "a layer 0, and layers are counted from 1", id="layer 0"),
        pytest.param(
            "KeyError", "'W2'", "a key of an input in a dictionary that does not have it", id="another's"
        ),
        pytest.param("KeyError", "'cost'", "a key that the dictionary does not have", id="any other key"),
        pytest.param("IndexError", "list index out of range", "past the end of a list", id="index"),
        pytest.param(
            "ValueError",
            "operands could not be broadcast together with shapes (3,) (4,)",
            "shapes do not fit",
            id="broadcast",
        ),
        pytest.param(
            "ValueError", "shapes (3,4) and (3,4) not aligned", "do not fit their product", id="product"
        ),
        pytest.param(
            "UnboundLocalError", "cannot access local variable 'i'", "a name without a value", id="leaked"
        ),
        pytest.param("TypeError", "'NoneType' object is not iterable", "A value is None there", id="none"),
        pytest.param("OSError", "broken", "", id="nothing certain"),
    ],
)
def test_an_exception_is_explained_in_fixed_words(exception: str, text: str, says: str):
    told = hint_of_failure(exception, text, PARAMETERS)
    assert says in told if says else not told


@pytest.mark.parametrize(
    ("name", "unbound", "says"),
    [
        pytest.param("np", {"np": None}, "Add `import numpy as np` to a cell above.", id="a missing import"),
        pytest.param("t", {"t": 7}, "Only cell 7 sets `t`", id="a leftover of a test cell"),
        pytest.param("t", {"t": None}, "Nothing in the notebook defines `t`.", id="never set"),
        pytest.param("t", {}, "", id="a name that the function does not read"),
    ],
)
def test_an_unbound_name_is_traced(name: str, unbound: dict[str, int | None], says: str):
    told = hint_of_failure("NameError", f"name '{name}' is not defined", unbound=unbound)
    assert says in told if says else not told


def test_the_unbound_name_is_that_of_a_name_error():
    assert unbound_name(Failure("NameError", "name 'copy' is not defined")) == "copy"
    assert unbound_name(Failure("ValueError", "name 'copy' is not defined")) is None


def test_a_call_without_end_and_one_that_crashed():
    case = Case("a", False, Call("f", ()), W)
    late, dead = (Run(status, failure=Failure("", "")) for status in (Status.TIMED_OUT, Status.CRASHED))
    assert "a loop that never ends" in hint(Outcome(Verdict.DID_NOT_RUN), late, case, NOTHING)
    assert hint(Outcome(Verdict.DID_NOT_RUN), dead, case, NOTHING) == ""


@pytest.mark.parametrize(
    ("source", "says"),
    [
        pytest.param("def f(x):\n    y = x", "The function has no `return`.", id="no return"),
        pytest.param("def f(x):\n    return", "The function has no `return`.", id="return of nothing"),
        pytest.param("def f(x):\n    return x", "", id="returns a None that it was given"),
        pytest.param("from m import f", "", id="not to be seen"),
        pytest.param("%%writefile m\ndef f(x):\n    y = x", "", id="in a module that the notebook writes"),
    ],
)
def test_a_function_that_gives_none_is_looked_at(source: str, says: str):
    case = Case("a", False, Call("f", ()), W)
    outcome = Outcome(Verdict.NOT_ATTEMPTED)
    part = Part((Statement(1, 1, source),))
    assert hint(outcome, Run(Status.RETURNED), case, part) == says


# ---------------------------------------------------------------- certainty


@settings(max_examples=80)
@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 6))
def test_a_random_wrong_array_says_nothing(seed: int, n: int, m: int):
    random = np.random.default_rng(seed)
    expected, actual, given_ = (random.standard_normal((n, m)) for _ in range(3))
    assert hint_of(expected, actual, given_, random.standard_normal((m, n)), 0.1) == ""


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_a_dictionary_of_random_wrong_arrays_says_nothing(seed: int, layers: int):
    random = np.random.default_rng(seed)
    expected, actual, before = (
        {f"{k}{n}": random.standard_normal((n + 1, 3)) for n in range(layers) for k in "Wb"} for _ in range(3)
    )
    assert hint_of(expected, actual, before, RATE) == ""


@settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_random_wrong_results_in_tuples_and_lists_say_nothing(seed: int):
    random = np.random.default_rng(seed)
    expected, actual = (
        (
            random.standard_normal((2, 3)),
            [(random.standard_normal((3, 1)), random.standard_normal((2, 3)))] * 3,
        )
        for _ in range(2)
    )
    assert hint_of(expected, actual, random.standard_normal((2, 3)), names=("AL", "caches")) == ""


def test_equal_zeros_are_no_evidence_of_a_mistaken_place():
    zeros = {"W1": np.cos(W), "b1": np.zeros((3, 1)), "b2": np.zeros((3, 1))}
    assert "belongs" not in hint_of(zeros, changed(zeros, W1=np.zeros((3, 1))))


def test_a_convention_of_another_edition_is_judged_by_the_wrong_part_alone():
    case = Case("a", False, Call("f", (np.ones((2, M)),)), {"dA0": W})
    outcome = compare({"dA1": W}, {"dA1": M * W}, ("grads",))
    told = hint(outcome, Run(Status.RETURNED, {"dA1": M * W}), case, NOTHING)
    assert (
        told
        == "Every element is 5 times the expected value, and there are m = 5 examples: is the 1/m missing?"
    )


# ---------------------------------------------------------------- secrets and safety

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(max_size=3)
    | hnp.arrays(
        st.sampled_from([np.float64, np.int64, np.bool_, np.float32, np.complex128]),
        hnp.array_shapes(max_side=3),
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(
            st.sampled_from(["W1", "b1", "W2", "x", "W0"]) | st.integers(0, 2), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(VALUES, VALUES, VALUES)
def test_any_answer_to_any_case_has_a_hint_or_none(expected: Any, actual: Any, given_: Any):
    assert isinstance(hint_of(expected, actual, given_), str)


@settings(max_examples=60)
@given(st.sampled_from(list(STEPPED)), st.booleans(), VALUES)
def test_a_hint_holds_no_key_and_no_text_of_the_answer(key: str, keeps: bool, value: Any):
    planted = {k: v for k, v in STEPPED.items() if keeps or k != key}
    told = hint_of(STEPPED, changed(planted, zzsecret1=value, zzsecret4="zzsecret"), A)
    assert "zzsecret" not in told


@settings(max_examples=60)
@given(
    st.sampled_from(["KeyError", "ValueError", "NameError", "TypeError", "zzsecret"]), st.text(max_size=20)
)
def test_a_hint_holds_no_text_of_an_exception(exception: str, text: str):
    planted = f"{text} 'zzsecret9' matmul broadcast NoneType"
    for message in (planted, "'zzsecret9'", "name 'zzsecret9' is not defined"):
        assert "zzsecret" not in hint_of_failure(exception, message, PARAMETERS, {"zzsecreT9": 1})


@settings(max_examples=60)
@given(st.floats(1.001, 1e4))
def test_a_ratio_that_is_not_simple_is_not_told(ratio: float):
    told = hint_of(W, W * ratio)
    assume(told)
    digits = [word for word in told.split() if word[0].isdigit()]
    assert all(len(word) <= 6 for word in digits)
