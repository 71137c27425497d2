"""Tests of blanks: what says nothing is one, nobody's work is, and no line takes long."""

from __future__ import annotations

from time import process_time

import pytest

from grader.notebooks.blank_detection import is_blank


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    pass", id="pass"),
        pytest.param("def f(x):\n    ...", id="dots"),
        pytest.param('def f(x):\n    """What it does: this."""', id="docstring"),
        pytest.param(
            'def f(x):\n    r"""Two\n    lines:\n    """\n    raise NotImplementedError', id="raise"
        ),
        pytest.param(
            'def f(x):\n    raise NotImplementedError("Write f(x): see above.")', id="raise with text"
        ),
        pytest.param("def f(x):\n    y = None\n    # the rest", id="None"),
        pytest.param("def f(\n    x,\n    y,\n):\n    pass", id="parameters on lines of their own"),
        pytest.param("def f(x):  # doubles\n    pass", id="comment behind the def"),
        pytest.param("def f(x):\n    # nothing yet\n", id="comment only, which does not parse"),
    ],
)
def test_a_function_without_markers_is_blank_when_it_says_nothing(source: str) -> None:
    assert is_blank(source)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return x", id="one line"),
        pytest.param("def f(x): return x", id="on the line of the def"),
        pytest.param("def f(x):  # why\n    y = x\n    if y:\n        pass", id="comment behind the def"),
        pytest.param("def f(x):\n    y = None\n    return y or x", id="None to begin with"),
        pytest.param("def f(x):\n    if x == None:\n        return 1", id="comparison with None"),
        pytest.param("def f(x):\n    g(x, axis=None)", id="an argument of None"),
    ],
)
def test_a_function_without_markers_is_not_blank_when_it_does_something(source: str) -> None:
    assert not is_blank(source)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("y = 2 * x", id="an assignment"),
        pytest.param("y = x  # = None", id="None in a comment"),
        pytest.param("y = g(axis=None)", id="None as an argument"),
        pytest.param("for i in x: y = i  # note:", id="a loop on one line"),
        pytest.param("y = (2 *", id="half a statement"),
        pytest.param("return x", id="a return"),
        pytest.param("caches.append(x)", id="a call"),
    ],
)
@pytest.mark.parametrize("edition", ["    ### START CODE HERE ###\n    {}\n    ### END CODE HERE ###\n",
                                     "    # YOUR CODE STARTS HERE\n    {}\n    # YOUR CODE ENDS HERE\n"],
                         ids=["older", "current"])  # fmt: skip
def test_one_line_between_the_markers_is_work(edition: str, line: str) -> None:
    assert not is_blank("def f(x):\n" + edition.format(line) + "    return y")


def test_deleted_markers_do_not_make_work_blank() -> None:
    source = "def f(x):\n    # YOUR CODE STARTS HERE\n    y = None\n    y = 2 * x\n    return y"
    assert not is_blank(source)


EMPTY = "    # YOUR CODE STARTS HERE\n\n\n    # YOUR CODE ENDS HERE\n"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("    Z = W @ A + b\n{}    cache = (A, W, b)\n    return Z, cache", id="above"),
        pytest.param("{}    Z = W @ A + b\n    cache = (A, W, b)\n    return Z, cache", id="below"),
        pytest.param("    Z = g(A)\n{}    Z = np.squeeze(Z)\n    return Z", id="finished by the template"),
        pytest.param("    return W @ A + b, (A, W, b)\n{}", id="returned at once"),
        pytest.param(
            "    Z = g(A)\n    c, d = g(W)\n{}    p = dict(Z=Z)\n    return p, [c, d]", id="gathered"
        ),
        pytest.param("    p = A.copy()\n    p['W'] = p['W'] - b\n{}    return p", id="updated in a copy"),
        pytest.param("    for l in W:\n        A[l] -= b\n{}    return A", id="updated in place"),
        pytest.param(
            "    W1 = A\n    W1 -= b\n{}    p = {{'W1': W1}}\n    return p", id="updated by its name"
        ),
        pytest.param("    W1 = A\n    W1 = W1 - b\n{}    return [W1]", id="updated from its own value"),
        pytest.param("    c = []\n    for l in W:\n        c.append(l)\n{}    return c", id="appended to"),
        pytest.param(
            "    if b:\n        Z = g(A)\n    else:\n        Z = g(W)\n{}    return Z", id="in branches"
        ),
    ],
)
def test_work_beside_empty_markers_is_work(source: str) -> None:
    assert not is_blank("def f(A, W, b):\n" + source.format(EMPTY))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(EMPTY + "    return A", id="its input"),
        pytest.param("    p = copy.deepcopy(A)\n" + EMPTY + "    return p", id="a copy of its input"),
        pytest.param("    p = A.copy()\n    L = len(p) // 2\n" + EMPTY + "    return p", id="another copy"),
        pytest.param("    grads = {}\n" + EMPTY + "    return grads", id="an empty dict"),
        pytest.param(EMPTY + "    cost = np.squeeze(cost)\n    return cost", id="a name made of itself"),
        pytest.param(EMPTY + "    return Z, (A, W)", id="a name that nothing binds"),
        pytest.param("    W -= None\n" + EMPTY + "    return W", id="None taken away"),
        pytest.param(EMPTY, id="nothing"),
    ],
)
def test_what_a_template_does_beside_its_markers_is_no_work(source: str) -> None:
    assert is_blank("def f(A, W, b):\n" + source)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("x" + "()" * 5_000, id="calls of calls"),
        pytest.param("(" * 50_000 + "=", id="brackets"),
        pytest.param(" " * 200_000 + "x", id="blanks"),
        pytest.param("x = None" + " " * 200_000 + "y", id="blanks behind None"),
        pytest.param("x = None" + ", None" * 50_000 + "y", id="many times None"),
        pytest.param("a" + "=" * 200_000, id="equals signs"),
        pytest.param("for " + ":" * 200_000 + "x", id="colons"),
        pytest.param('"""' + "'''" * 60_000, id="quotes"),
    ],
)
def test_no_line_takes_long(line: str) -> None:
    start = process_time()
    is_blank(f"def f(x):\n{line}")
    is_blank(f"def f(x):\n    # YOUR CODE STARTS HERE\n{line}\n    # YOUR CODE ENDS HERE")
    assert process_time() - start < 3
