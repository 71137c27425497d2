"""Notes are equal when no function could tell apart what was asked and answered; else there are none."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader import wire
from grader.sandbox import noting
from grader.sandbox.noting import RECORD, Notes, OpaqueError, Seen

Build = Callable[[], Any]


def digest(value: Any) -> bytes:
    return Seen(value).digest()


class _List(list[int]):
    """A subclass, which may have anything of its own."""


class _Array(np.ndarray[Any, Any]):
    """The same of arrays."""


class _Float(np.float64):
    """The same of numbers."""


def twice(item: Any) -> list[Any]:
    return [item, item]


def inside(value: Any, levels: int) -> Any:
    for _ in range(levels):
        value = [value]
    return value


def holding_itself() -> list[Any]:
    value: list[Any] = [1]
    value.append(value)
    return value


def with_view(part: Callable[[Any], Any]) -> tuple[Any, Any]:
    whole = np.arange(12.0).reshape(3, 4)
    return whole, part(whole)


def with_copy(part: Callable[[Any], Any]) -> tuple[Any, Any]:
    whole = np.arange(12.0).reshape(3, 4)
    return whole, part(whole.copy())


# ---------------------------------------------------------------- equal


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda: None, id="nothing"),
        pytest.param(lambda: [1, -(2**70), True, 1.5, 2j, "text \0 \ud800"], id="plain data"),
        pytest.param(lambda: {"W1": np.ones((2, 3)), 1: (np.float64(3), np.True_)}, id="a nest"),
        pytest.param(lambda: np.arange(6).reshape(2, 3).T, id="a transposed array"),
        pytest.param(lambda: np.arange(9)[::-2], id="a view backwards"),
        pytest.param(lambda: np.zeros((0, 3)), id="an empty array"),
        pytest.param(lambda: np.array("text"), id="an array of text"),
        pytest.param(lambda: twice(np.zeros(2)), id="one array twice"),
        pytest.param(lambda: with_view(lambda a: a[1:]), id="an array and a part of it"),
        pytest.param(holding_itself, id="a list that holds itself"),
        pytest.param(lambda: inside(1, noting.DEPTH), id="as deep as a value may be"),
    ],
)
def test_equal_values_that_were_built_apart_have_one_digest(build: Build) -> None:
    one, other = build(), build()
    assert digest(one) == digest(other)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | arrays.arrays(
        st.sampled_from(["<f8", "<i8", "|b1", "<f4"]), arrays.array_shapes(min_side=0, max_side=3)
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(PLAIN, PLAIN)
def test_digests_are_equal_when_the_bytes_that_cross_are(one: Any, other: Any) -> None:
    first, second = wire.encode(one), wire.encode(other)
    assert digest(wire.decode(first)) == digest(wire.decode(first))
    assert (digest(wire.decode(first)) == digest(wire.decode(second))) == (first == second)


# ---------------------------------------------------------------- different


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(1, 1.0, id="integer and float"),
        pytest.param(1, True, id="integer and truth value"),
        pytest.param(1, "1", id="number and text"),
        pytest.param(None, "None", id="nothing and its name"),
        pytest.param(0.0, -0.0, id="the sign of zero"),
        pytest.param(0j, complex(0, -0.0), id="the sign of an imaginary zero"),
        pytest.param(float("nan"), -float("nan"), id="the sign of what is no number"),
        pytest.param(
            float(np.uint64(0x7FF8000000000001).view("f8")),
            float("nan"),
            id="the payload of what is no number",
        ),
        pytest.param(1.0, np.float64(1), id="float and NumPy's"),
        pytest.param(np.float64(1), np.float32(1), id="the size of a number"),
        pytest.param(np.int64(1), np.uint64(1), id="whether a number has a sign"),
        pytest.param(np.int64(1), np.longlong(1), id="the type of a number, of the same size"),
        pytest.param(np.timedelta64(3, "D"), np.timedelta64(3, "s"), id="the unit of a time"),
        pytest.param(1 << 1100, hex(1 << 1100), id="a large number and its text"),
        pytest.param(twice(float("nan")), [float("nan"), float("nan")], id="which object is no number"),
        pytest.param(np.zeros(2, "q"), np.zeros(2, "l"), id="the type of an array, of the same size"),
        pytest.param(np.float64(1), np.array(1.0), id="number and array of no dimension"),
        pytest.param(True, np.True_, id="truth value and NumPy's"),
        pytest.param((1, 2), [1, 2], id="tuple and list"),
        pytest.param([1, [2]], [[1], 2], id="where a bracket stands"),
        pytest.param([[], 1], [[1]], id="what is inside a list"),
        pytest.param({"a": 1, "b": 2}, {"b": 2, "a": 1}, id="the order of a dictionary"),
        pytest.param({"a": "b"}, {"b": "a"}, id="key and value"),
        pytest.param(["a", "b"], ["a\0str 'b'"], id="a text with a zero byte"),
        pytest.param(np.zeros(2), np.zeros(2, "f4"), id="the type of an array"),
        pytest.param(np.zeros(2), np.zeros(2, ">f8"), id="the order of its bytes"),
        pytest.param(np.zeros((2, 3)), np.zeros((3, 2)), id="its shape"),
        pytest.param(np.zeros((2, 3)), np.zeros((2, 3), order="F"), id="its order"),
        pytest.param(np.zeros(4)[::2], np.zeros(6)[::3], id="its strides"),
        pytest.param(np.zeros(2), np.zeros(4)[:2], id="whether its memory is its own"),
        pytest.param(np.array([0.0]), np.array([-0.0]), id="a zero in it"),
        pytest.param(np.array(["a", "bc"]), np.array(["ab", "c"]), id="texts in it"),
        pytest.param(
            np.array([True]), np.array([2], "u1").view(bool), id="a truth value that is neither 0 nor 1"
        ),
        pytest.param(twice([]), [[], []], id="one list twice"),
        pytest.param(twice({}), [{}, {}], id="one dictionary twice"),
        pytest.param(twice(np.zeros(2)), [np.zeros(2), np.zeros(2)], id="one array twice"),
        pytest.param([*twice([]), []], [[], *twice([])], id="which of them is twice"),
        pytest.param(holding_itself(), [1, [1, []]], id="a list that holds itself"),
    ],
)
def test_what_a_function_can_tell_apart_has_another_digest(one: Any, other: Any) -> None:
    assert digest(one) != digest(other)


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(lambda a: a[:], id="all of it"),
        pytest.param(lambda a: a[1:], id="some rows"),
        pytest.param(lambda a: a.T, id="its transpose"),
        pytest.param(lambda a: a.reshape(-1), id="another shape"),
        pytest.param(np.diagonal, id="its diagonal"),
        pytest.param(lambda a: a.view("i8"), id="its bytes as another type"),
        pytest.param(lambda a: np.broadcast_to(a, (2, 3, 4)), id="repeated without a copy"),
        pytest.param(lambda a: np.asarray(a.view(_Array)), id="by way of a subclass"),
        pytest.param(lambda a: a[1:][:, 2:][::-1], id="a part of a part"),
    ],
)
def test_a_view_beside_its_array_is_not_like_a_copy(part: Callable[[Any], Any]) -> None:
    assert digest(with_view(part)) == digest(with_view(part))
    assert digest(with_view(part)) != digest(with_copy(part))


def test_it_counts_which_part_of_one_memory_two_views_see() -> None:
    def views(start: int) -> tuple[Any, Any]:
        whole = np.zeros(6)
        return whole[:2], whole[start : start + 2]

    assert digest(views(1)) != digest(views(2))


def test_an_array_that_may_not_be_written_to_is_another_one() -> None:
    locked = np.zeros(2)
    locked.flags.writeable = False
    assert digest(locked) != digest(np.zeros(2))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(len, id="a function"),
        pytest.param(iter([1]), id="an iterator"),
        pytest.param({1}, id="a set"),
        pytest.param(b"a", id="bytes"),
        pytest.param(slice(1), id="a slice"),
        pytest.param(np, id="a module"),
        pytest.param(_List(), id="a subclass of list"),
        pytest.param(np.zeros(1).view(_Array), id="a subclass of array"),
        pytest.param(_Float(1), id="a subclass of a number"),
        pytest.param(np.array([1, None]), id="an array of objects"),
        pytest.param(np.zeros(1, "i4,f8"), id="an array of records"),
        pytest.param(
            np.zeros(1, np.dtype("f8", metadata={"a": 1})), id="a type with something written on it"
        ),
        pytest.param(np.zeros(noting.BUDGET + 1, "u1"), id="an array that takes long"),
        pytest.param([0] * noting.BUDGET, id="a list that takes long"),
        pytest.param(" " * (noting.BUDGET + 1), id="a text that takes long"),
        pytest.param(np.str_("a"), id="a text of NumPy's"),
        pytest.param(np.random.RandomState(3), id="a generator"),
        pytest.param(inside(1, noting.DEPTH + 1), id="what is nested too deeply"),
        pytest.param({"a": [(1, {1})]}, id="something of that kind in a nest"),
    ],
)
def test_what_is_not_plain_data_has_no_digest(value: Any) -> None:
    with pytest.raises(OpaqueError):
        digest(value)


# ---------------------------------------------------------------- notes

Function = Callable[..., Any]


def noted(**functions: Function) -> tuple[Notes, dict[str, Any]]:
    """Functions of a namespace by their names, and the notes of what is asked of them."""
    notes, namespace = Notes(list(functions)), dict[str, Any](functions)
    notes.wrap(namespace, functions)
    return notes, namespace


def records(notes: Notes) -> list[tuple[int, int, bytes, bytes]]:
    taken = notes.taken()
    assert taken is not None
    return list(RECORD.iter_unpack(taken))


def test_a_note_says_who_was_asked_how_deep_what_and_what_was_answered() -> None:
    notes, space = noted(f=lambda x: space["g"](x) + space["g"](x=x), g=lambda x: x + 1)
    assert space["f"](2) == 6
    assert [note[:2] for note in records(notes)] == [(0, 0), (1, 1), (1, 1)]
    _, first, second = [note[2:] for note in records(notes)]
    assert first != second
    assert len({*first, *second}) == 4


def test_the_depth_goes_back_when_a_function_has_answered() -> None:
    notes, space = noted(f=lambda: 1 + space["g"](), g=lambda: 1)
    for name in ("f", "g", "f"):
        space[name]()
    assert [note[:2] for note in records(notes)] == [(0, 0), (1, 1), (1, 0), (0, 0), (1, 1)]


def test_no_question_leaves_no_note() -> None:
    assert noted(f=lambda: 1)[0].taken() == b""


@pytest.mark.parametrize(
    ("answers", "alike"),
    [
        pytest.param((lambda x: x + 1, lambda x: 1 + x), True, id="equal answers"),
        pytest.param((lambda x: x + 1, lambda x: x + 2), False, id="different answers"),
        pytest.param((lambda x: x + 0, lambda x: x), False, id="a copy, and the argument itself"),
        pytest.param((lambda x: x.copy(), lambda x: x[:]), False, id="a copy, and a view"),
        pytest.param(
            (lambda x: (x + 1)[0], lambda x: np.add(x, 1, out=x)[0]), False, id="a changed argument"
        ),
    ],
)
def test_answers_are_noted_alike_when_nobody_can_tell_them_apart(
    answers: tuple[Function, Function], alike: bool
) -> None:
    found = []
    for answer in answers:
        notes, space = noted(f=answer)
        space["f"](np.ones(2))
        found.append(notes.taken())
    assert (found[0] == found[1]) is alike


def fails() -> None:
    raise KeyError("a")


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda f: f(len), id="an argument"),
        pytest.param(lambda f: f(more={1}), id="an argument by name"),
        pytest.param(lambda f: f("iterator"), id="an answer"),
        pytest.param(lambda f: f([], "append"), id="what is left in an argument"),
    ],
)
def test_one_value_that_is_not_plain_data_costs_all_notes_and_no_answer(
    call: Callable[[Function], Any],
) -> None:
    def f(x: Any = 1, do: str = "", more: Any = None) -> Any:
        if do:
            x.append(len)
        return iter([7]) if x == "iterator" else 7

    notes, space = noted(f=f)
    answer = call(space["f"])
    assert (answer if answer == 7 else next(answer)) == 7
    assert notes.taken() is None
    assert space["f"]() == 7
    assert notes.taken() is None


def test_a_function_that_raises_costs_all_notes_even_where_that_is_caught() -> None:
    notes, space = noted(f=fails, g=lambda: 1)
    space["g"]()
    with pytest.raises(KeyError, match="a"):
        space["f"]()
    space["g"]()
    assert notes.taken() is None


def test_too_many_questions_cost_all_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "MOST", 4)
    notes, space = noted(f=lambda: 1)
    for _ in range(3):
        space["f"]()
    assert len(records(notes)) == 3
    for _ in range(3):
        assert space["f"]() == 1
    assert notes.taken() is None


def test_questions_that_go_too_deep_cost_all_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noting, "DEPTH", 5)
    notes, space = noted(f=lambda n: n and space["f"](n - 1))
    space["f"](4)
    assert [note[1] for note in records(notes)] == [0, 1, 2, 3, 4]
    space["f"](6)
    assert notes.taken() is None


def test_a_function_is_wrapped_once_and_again_when_it_is_defined_again() -> None:
    notes = Notes(["f", "absent"])
    space: dict[str, Any] = {"f": lambda: 1, "other": fails}
    notes.wrap(space, list(space))
    first = space["f"]
    notes.wrap(space, list(space))
    assert space["f"] is first
    assert space["other"] is fails
    space["f"] = again = lambda: 2
    notes.wrap(space, list(space))
    assert space["f"] is not again
    assert notes.unwrapped("f") is again
    assert (first(), space["f"]()) == (1, 2)
    assert len(records(notes)) == 2


def test_notes_afresh_know_nothing_of_those_before() -> None:
    notes, space = noted(f=fails)
    with pytest.raises(KeyError):
        space["f"]()
    assert notes.afresh().taken() == b""


def test_many_questions_about_much_cost_all_notes() -> None:
    notes, space = noted(f=lambda x: x[0])
    most = np.zeros(noting.BUDGET // 4, "u1")
    space["f"](most)  # looked at before and after
    assert len(records(notes)) == 1
    assert [space["f"](most) for _ in range(2)] == [0, 0]
    assert notes.taken() is None


def test_when_notes_are_given_up_functions_call_each_other_as_they_were_written() -> None:
    def f(x: Any) -> Any:
        return x

    notes, space = noted(f=f)
    space["f"](len)
    assert notes.taken() is None
    assert space["f"] is f


def test_what_was_given_is_looked_at_again_when_nothing_holds_it_any_more() -> None:
    def drops(change: int) -> bytes | None:
        def f(d: dict[str, Any]) -> None:
            d.pop("a")[0] += change

        notes, space = noted(f=f)
        space["f"]({"a": [1]})
        return notes.taken()

    assert drops(1) == drops(1)
    assert drops(1) != drops(2)


def test_a_noted_function_has_the_name_of_the_one_that_was_written() -> None:
    function = noted(f=fails)[1]["f"]
    assert (function.__qualname__, function.__module__) == (fails.__qualname__, fails.__module__)


def test_the_stack_is_as_high_afterwards_as_before() -> None:
    limit = sys.getrecursionlimit()
    _, space = noted(f=fails, g=sys.getrecursionlimit)
    assert space["g"]() == limit + 1
    with pytest.raises(KeyError):
        space["f"]()
    assert sys.getrecursionlimit() == limit
